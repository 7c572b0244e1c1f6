import { canonicalJson } from "../../core/attest/canonical-json.ts";
import { decide } from "../../core/decide/decide.ts";
import type { Decision } from "../../core/model/decision.ts";
import type { Json } from "../../core/model/json.ts";
import type { EntryRule } from "../audit-case.ts";
import { aboutEntry } from "../finding.ts";

/** A decision is written within seconds; a longer gap is a clock turned back to revive what had lapsed. */
const longestGapSeconds = 600;

/** Decides every recorded snapshot again, at the instant it names, and demands the same decision (P11). */
export const decisionsRepeatable: EntryRule = (entry) => {
  if (entry.type !== "decision") return [];
  const recorded = entry.result.decision;
  const { snapshot, decidedAt } = entry.inputs;
  const gapSeconds = (Date.parse(entry.at) - Date.parse(decidedAt)) / 1000;
  if (!(gapSeconds >= 0 && gapSeconds <= longestGapSeconds)) {
    return [
      aboutEntry(entry, {
        code: "decision-back-dated",
        expected: `a decision made at most ${longestGapSeconds} s before ${entry.at}`,
        actual: `it says that it was made at ${decidedAt}`,
        pull: recorded.pull,
      }),
    ];
  }
  const again = decide(snapshot, new Date(decidedAt));
  if (written(again) === written(recorded)) return [];
  return [
    aboutEntry(entry, {
      code: "decision-not-repeatable",
      expected: `${again.verdict}: ${difference(again, recorded)}`,
      actual: `${recorded.verdict}, recorded under rules ${recorded.rules}`,
      pull: recorded.pull,
    }),
  ];
};

function difference(again: Decision, recorded: Decision): string {
  const before = new Set(recorded.findings.map((finding) => written(finding)));
  const other = again.findings.find((finding) => !before.has(written(finding)));
  if (other !== undefined) return `${other.code} is ${other.outcome}`;
  const names = Object.keys(again) as (keyof Decision)[];
  const differing = names.filter((name) => written(again[name]) !== written(recorded[name]));
  return `another ${differing.join(", ")}`;
}

function written(value: unknown): string {
  return canonicalJson(value as Json);
}
