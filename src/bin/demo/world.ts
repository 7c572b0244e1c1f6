import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** What the demo needs to know about the processes it plays against. */
export interface DemoWorld {
  readonly apiUrl: string;
  readonly serverUrl: string;
  readonly repository: string;
  readonly tokens: Readonly<Record<string, string>>;
  readonly trustRoot: string;
  readonly databaseUrl: string;
}

/** Reads the world of a sandbox that somebody else started, from its folder. */
export async function attachedWorld(folder: string): Promise<DemoWorld> {
  return readWorld(await readFile(join(folder, "sandbox.json"), "utf8"));
}

/** Reads the JSON line that `countersign sandbox --json` prints. */
export function readWorld(line: string): DemoWorld {
  return JSON.parse(line) as DemoWorld;
}
