import { readFile } from "node:fs/promises";
import { TargetRefused } from "../../ports/target.ts";
import type { TargetSettings } from "./target-settings.ts";

/**
 * Reads a secret from the setting `name`, or from the file that `<name>_FILE` names, as containers are given theirs.
 * Throws TargetRefused with the variables' names and `fix`, never with a value: for neither, for both (nobody could tell
 * which one is in use), and for a file that cannot be read or is empty.
 */
export async function secretSetting(
  settings: TargetSettings,
  name: string,
  fix: string,
): Promise<string> {
  const value = settings.optional(name);
  const path = settings.optional(`${name}_FILE`);
  if (value !== null && path !== null) {
    throw new TargetRefused(
      `${settings.variable(name)} and ${settings.variable(`${name}_FILE`)} are both set: keep one.`,
    );
  }
  if (path === null) return value ?? settings.required(name, fix);
  return readSecret(path, settings.variable(`${name}_FILE`), fix);
}

async function readSecret(path: string, variable: string, fix: string): Promise<string> {
  let secret: string;
  try {
    secret = (await readFile(path, "utf8")).trim();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new TargetRefused(`The file that ${variable} names cannot be read (${code}): ${fix}`, {
      cause: error,
    });
  }
  if (secret !== "") return secret;
  throw new TargetRefused(`The file that ${variable} names is empty: ${fix}`);
}
