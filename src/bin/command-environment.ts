import { readFileSync } from "node:fs";
import { parseArgs, parseEnv } from "node:util";
import type { Environment } from "./environment.ts";
import { StartRefused } from "./start-refused.ts";

export interface LongRunningOptions {
  /** Only what the named file says; without one, the environment of the shell. */
  readonly env: Environment;
  readonly output: "json" | "text";
}

/**
 * Reads the options of a long-running command. `--env-file FILE` takes the variables from that file and
 * from nowhere else, so that nothing meant for the other identity can leak in from a shell.
 */
export function longRunningOptions(args: readonly string[]): LongRunningOptions {
  const { values } = parse(args);
  const file = values["env-file"];
  return {
    env: file === undefined ? process.env : readVariables(file),
    output: values.json ? "json" : "text",
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { "env-file": { type: "string" }, json: { type: "boolean", default: false } },
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : "";
    throw new StartRefused(`${reason} Write --env-file FILE or nothing.`, { cause });
  }
}

function readVariables(file: string): Environment {
  try {
    return parseEnv(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new StartRefused(`--env-file names ${file}, which cannot be read.`, { cause });
  }
}
