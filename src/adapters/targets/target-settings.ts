import { TargetRefused } from "../../ports/target.ts";

/** What the executor's environment says about one target: `COUNTERSIGN_TARGET_<NAME>_<SETTING>`. Mostly secrets. */
export interface TargetSettings {
  /** Reads a setting that must be there. Throws TargetRefused with the variable's name and `fix`, never with a value. */
  required(setting: string, fix: string): string;
  /** Reads a setting that may be absent; an empty one is. */
  optional(setting: string): string | null;
  /** The name of the variable behind a setting, for messages. */
  variable(setting: string): string;
  /** How long one question to the system may take. */
  readonly timeoutSeconds: number;
}

/** Reads the settings of the target `name` from variables. The name is in capitals there, with `_` for all but letters and digits. */
export function targetSettings(
  variables: Readonly<Record<string, string | undefined>>,
  name: string,
  timeoutSeconds: number,
): TargetSettings {
  const variable = (setting: string): string =>
    `COUNTERSIGN_TARGET_${name.toUpperCase().replace(/[^A-Z0-9]/gu, "_")}_${setting}`;
  const optional = (setting: string): string | null => {
    const value = variables[variable(setting)]?.trim();
    return value === undefined || value === "" ? null : value;
  };
  return {
    optional,
    variable,
    timeoutSeconds,
    required(setting, fix) {
      const value = optional(setting);
      if (value !== null) return value;
      throw new TargetRefused(`${variable(setting)} is not set: ${fix}`);
    },
  };
}
