import { parseArgs } from "node:util";
import { isRootHash, rootMissing } from "./root-option.ts";

/** Which clone is read, whom it is trusted by, and as of when. */
export interface CloneOptions {
  readonly repo: string;
  readonly root: string;
  readonly now: Date;
  readonly json: "yes" | "no";
}

/** Reads `--repo`, `--root`, `--now` and `--json`; a sentence when they cannot be used. */
export function cloneOptions(args: readonly string[]): CloneOptions | string {
  const parsed = parse(args);
  if (typeof parsed === "string") return parsed;
  const { repo, root, now, json } = parsed;
  if (!isRootHash(root)) return rootMissing;
  const instant = now === undefined ? new Date() : new Date(now);
  const isInstant = now === undefined || /^\d{4}-\d\d-\d\dT[\d:.]+Z$/u.test(now);
  if (!isInstant || Number.isNaN(instant.getTime())) {
    return "--now must be an instant in UTC such as 2026-11-21T10:00:00Z.";
  }
  return { repo, root, now: instant, json: json ? "yes" : "no" };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        repo: { type: "string", default: "." },
        root: { type: "string" },
        now: { type: "string" },
        json: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
