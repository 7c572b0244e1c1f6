import { readFileSync } from "node:fs";
import { TargetRefused } from "../../ports/target.ts";
import type { TargetSettings } from "./target-settings.ts";

/**
 * Reads a secret from the setting itself or from the file that `<SETTING>_FILE` names; the line break at the end of a
 * file does not belong to it. Throws TargetRefused, which names the variables and never a value.
 */
export function readSecret(settings: TargetSettings, setting: string, fix: string): string {
  const file = settings.optional(`${setting}_FILE`);
  const fileVariable = settings.variable(`${setting}_FILE`);
  if (file === null)
    return settings.required(setting, `${fix} Or name a file that holds it in ${fileVariable}.`);
  if (settings.optional(setting) !== null) {
    throw new TargetRefused(
      `${settings.variable(setting)} and ${fileVariable} are both set: keep one of them.`,
    );
  }
  const secret = contentOf(file, fileVariable).replace(/\r?\n$/u, "");
  if (secret !== "") return secret;
  throw new TargetRefused(`The file that ${fileVariable} names is empty: ${fix}`);
}

function contentOf(file: string, variable: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new TargetRefused(
      `The file that ${variable} names cannot be read: correct the path, or let the executor read it.`,
      { cause },
    );
  }
}
