import { parseArgs } from "node:util";
import { parseInstant } from "../core/parse/instant.ts";
import { cloneOptions } from "./clone-options.ts";
import type { CloneOptions } from "./clone-options.ts";

/** Which grants are listed, of which clone, as of when. */
export interface GrantsOptions {
  readonly clone: CloneOptions;
  /** Entries of a later time are not looked at; `null`: all are. */
  readonly at: Date | null;
  readonly shows: Shown;
}

export type Shown = "current" | (typeof selections)[number];

const selections = ["all", "failed", "drift"] as const;

/** Reads the options of `grants`; a sentence that says what to write instead when they cannot be used. */
export function grantsOptions(args: readonly string[]): GrantsOptions | string {
  const parsed = parse(args);
  if (typeof parsed === "string") return parsed;
  const { at, all, failed, drift, json, ...rest } = parsed;
  const clone = cloneOptions([
    ...Object.entries(rest).map(([name, value]) => `--${name}=${value}`),
    ...(json ? ["--json"] : []),
  ]);
  if (typeof clone === "string") return clone;
  const chosen = selections.filter((name) => ({ all, failed, drift })[name]);
  if (chosen.length > 1) return "--all, --failed and --drift are lists of their own: write one.";
  const instant = at === undefined ? null : parseInstant(at);
  if (at !== undefined && instant === null) {
    return "--at must be an instant in UTC such as 2026-11-21T10:00:00Z.";
  }
  if (instant !== null && instant > clone.now) {
    return `--at lies in the future: it is ${clone.now.toISOString()}, and what is to come is on no ledger.`;
  }
  return { clone, at: instant, shows: chosen[0] ?? "current" };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        repo: { type: "string" },
        root: { type: "string" },
        now: { type: "string" },
        at: { type: "string" },
        all: { type: "boolean", default: false },
        failed: { type: "boolean", default: false },
        drift: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
