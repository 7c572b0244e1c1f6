import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { StartRefused } from "../start-refused.ts";

/** What the demo needs to know about the processes it plays against. */
export interface DemoWorld {
  readonly apiUrl: string;
  readonly serverUrl: string;
  readonly repository: string;
  readonly tokens: Readonly<Record<string, string>>;
  readonly trustRoot: string;
  readonly databaseUrl: string;
  /** Index of the keys with which the sandbox signs merges. */
  readonly forgeKeys: string;
}

/** Reads the world of a sandbox that somebody else started, from its folder. Throws StartRefused. */
export async function attachedWorld(folder: string): Promise<DemoWorld> {
  const file = join(folder, "sandbox.json");
  try {
    return readWorld(await readFile(file, "utf8"));
  } catch (cause) {
    const fix = "start `npx countersign sandbox` and name its folder, .sandbox by default.";
    throw new StartRefused(`--attach needs ${file}, which cannot be read: ${fix}`, { cause });
  }
}

/** Reads the JSON line that `countersign sandbox --json` prints. */
export function readWorld(line: string): DemoWorld {
  return JSON.parse(line) as DemoWorld;
}
