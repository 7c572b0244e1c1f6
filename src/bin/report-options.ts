import { parseArgs } from "node:util";
import type { ReportPeriod } from "../audit/report/model.ts";
import { parseInstant } from "../core/parse/instant.ts";
import { cloneOptions } from "./clone-options.ts";
import type { CloneOptions } from "./clone-options.ts";

/** Which report is asked for, of which clone and period. */
export interface ReportOptions {
  readonly clone: CloneOptions;
  /** `null`: from the first entry on. */
  readonly from: string | null;
  /** Never after `--now`: what is to come cannot be reported. */
  readonly to: string;
  readonly format: ReportFormat;
  /** `null`: to stdout. */
  readonly out: string | null;
}

const formats = ["html", "csv", "json"] as const;

export type ReportFormat = (typeof formats)[number];

/**
 * Reads the options of `audit report`; a sentence that says what to write instead when they cannot be used. A date is a whole day
 * in UTC: `--from` begins with it, and `--to` ends after it.
 */
export function reportOptions(args: readonly string[]): ReportOptions | string {
  const parsed = parse(args);
  if (typeof parsed === "string") return parsed;
  const { from, to, format, json, out, ...rest } = parsed;
  const clone = cloneOptions(
    Object.entries(rest).map(([name, value]) => `--${name}=${value}`),
    { options: ["forge-keys", "pin"] },
  );
  if (typeof clone === "string") return clone;
  const chosen = formats.find((one) => one === (format ?? (json ? "json" : "html")));
  if (chosen === undefined || (json && chosen !== "json")) {
    return "--format must be html, csv or json; --json is the same as --format json.";
  }
  if (out === "") return "--out must name a file; without it the report goes to stdout.";
  const period = periodOf({ from, to }, clone.now);
  return typeof period === "string"
    ? period
    : { clone, ...period, format: chosen, out: out ?? null };
}

/** Completes the period: without a beginning it begins with the first entry. */
export function periodFrom(
  { from, to }: Pick<ReportOptions, "from" | "to">,
  firstEntryAt: string | null,
): ReportPeriod {
  const begins = from ?? firstEntryAt ?? to;
  return { from: Date.parse(begins) < Date.parse(to) ? begins : to, to };
}

function periodOf(
  { from, to }: { readonly from: string | undefined; readonly to: string | undefined },
  now: Date,
): Pick<ReportOptions, "from" | "to"> | string {
  const begin = from === undefined ? null : instantOf(from, 0);
  const end = to === undefined ? now : instantOf(to, 1);
  if (begin === undefined || end === undefined) {
    const option = begin === undefined ? "--from" : "--to";
    return `${option} must be a date such as 2026-11-21 or an instant in UTC such as 2026-11-21T10:00:00Z.`;
  }
  const until = end < now ? end : now;
  if (begin !== null && !(begin < until)) {
    return begin < end
      ? `--from is not before --now (${now.toISOString()}): ask for a period that has begun.`
      : "--from must be before --to: exchange the two, or leave one out.";
  }
  return { from: begin?.toISOString() ?? null, to: until.toISOString() };
}

/** `undefined` for what is neither a date nor an instant. */
function instantOf(text: string, daysLater: number): Date | undefined {
  const isDate = /^\d{4}-\d{2}-\d{2}$/u.test(text);
  const instant = parseInstant(isDate ? `${text}T00:00:00Z` : text);
  if (instant === null) return undefined;
  return isDate ? new Date(instant.getTime() + daysLater * 86_400_000) : instant;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        repo: { type: "string" },
        root: { type: "string" },
        now: { type: "string" },
        pin: { type: "string" },
        "forge-keys": { type: "string" },
        from: { type: "string" },
        to: { type: "string" },
        format: { type: "string" },
        json: { type: "boolean", default: false },
        out: { type: "string" },
      },
    }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
