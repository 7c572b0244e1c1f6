import { parseArgs } from "node:util";
import { isRootHash, rootMissing } from "./root-option.ts";

/** Which clone is read, whom it is trusted by, and as of when. */
export interface CloneOptions {
  readonly repo: string;
  readonly root: string;
  readonly now: Date;
  readonly json: "yes" | "no";
  /** Index of the keys with which the forge signs; only for commands that ask for it. */
  readonly forgeKeys: string | null;
}

/**
 * Reads `--repo`, `--root`, `--now` and `--json`, and `--forge-keys` where a command takes it; a sentence when they cannot be
 * used.
 */
export function cloneOptions(
  args: readonly string[],
  further: readonly "forge-keys"[] = [],
): CloneOptions | string {
  const parsed = parse(args);
  if (typeof parsed === "string") return parsed;
  const { repo, root, now, json, "forge-keys": forgeKeys = null } = parsed;
  if (forgeKeys !== null && !further.includes("forge-keys")) {
    return "--forge-keys is an option of `audit verify`.";
  }
  if (!isRootHash(root)) return rootMissing;
  const instant = now === undefined ? new Date() : new Date(now);
  const isInstant = now === undefined || /^\d{4}-\d\d-\d\dT[\d:.]+Z$/u.test(now);
  if (!isInstant || Number.isNaN(instant.getTime())) {
    return "--now must be an instant in UTC such as 2026-11-21T10:00:00Z.";
  }
  return { repo, root, now: instant, json: json ? "yes" : "no", forgeKeys };
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
        "forge-keys": { type: "string" },
      },
    }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
