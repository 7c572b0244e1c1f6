import { parseArgs } from "node:util";

import type { AuditMode } from "../audit/audit-report.ts";
import type { Pin } from "../audit/pin-findings.ts";
import { pinMalformed, readPins } from "./pin-option.ts";
import { isRootHash, rootMissing } from "./root-option.ts";

/** Which clone is read, whom it is trusted by, and as of when. */
export interface CloneOptions {
  readonly repo: string;
  readonly root: string;
  readonly now: Date;
  readonly json: "yes" | "no";
  /** Index of the keys with which the forge signs; only for commands that ask for it. */
  readonly forgeKeys: string | null;
  /** Entries that an earlier audit saw; only for commands that ask for them. */
  readonly pins: readonly Pin[];
  readonly mode: AuditMode;
  readonly since: Date | null;
  /** What the command is about, as many as `subjects` has labels. */
  readonly named: readonly string[];
}

/** Options that only some commands take. */
export type FurtherOption = "forge-keys" | "mode" | "pin" | "since";

/** What a command takes beside a clone. */
export interface FurtherOptions {
  /** Says what each word is that the command is about. */
  readonly subjects?: readonly string[];
  readonly options?: readonly FurtherOption[];
}

/**
 * Reads `--repo`, `--root`, `--now` and `--json`, and what a command takes beside them; a sentence when they cannot be used.
 */
export function cloneOptions(
  args: readonly string[],
  { subjects = [], options = [] }: FurtherOptions = {},
): CloneOptions | string {
  const parsed = parse(args);
  if (typeof parsed === "string") return parsed;
  const { repo, root, now, json, pin, mode = "full", since } = parsed.values;
  const { "forge-keys": forgeKeys = null } = parsed.values;
  const strange = furtherOptions.find(
    (name) => parsed.values[name] !== undefined && !options.includes(name),
  );
  if (strange !== undefined) return `--${strange} is an option of \`audit verify\`.`;
  const named = parsed.positionals;
  if (named.length > subjects.length) return `Nothing is known to do with "${named.at(-1) ?? ""}".`;
  const missing = subjects[named.length];
  if (missing !== undefined) return `Name ${missing}.`;
  if (!isRootHash(root)) return rootMissing;
  const [at, from] = [readInstant(now), readInstant(since)];
  if (at === "unusable") return `--now ${instantForm}`;
  if (from === "unusable") return `--since ${instantForm}`;
  const asOf = at ?? new Date();
  if (from !== null && from > asOf) return "--since lies in the future: nothing would be repeated.";
  if (mode !== "full" && mode !== "chain") return "--mode is `full` or `chain`.";
  const pins = pin === undefined ? [] : readPins(pin);
  if (pins === null) return pinMalformed;
  return {
    ...{ repo, root, json: json ? "yes" : "no", forgeKeys, pins, mode, named },
    ...{ now: asOf, since: from },
  };
}

const instantForm = "must be an instant in UTC such as 2026-11-21T10:00:00Z.";

function readInstant(text: string | undefined): Date | null | "unusable" {
  if (text === undefined) return null;
  const instant = new Date(text);
  const isInstant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/u.test(text);
  return isInstant && !Number.isNaN(instant.getTime()) ? instant : "unusable";
}

const furtherOptions: readonly FurtherOption[] = ["forge-keys", "mode", "pin", "since"];

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        repo: { type: "string", default: "." },
        root: { type: "string" },
        now: { type: "string" },
        pin: { type: "string" },
        mode: { type: "string" },
        since: { type: "string" },
        json: { type: "boolean", default: false },
        "forge-keys": { type: "string" },
      },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
