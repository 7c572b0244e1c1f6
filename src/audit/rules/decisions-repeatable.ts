import { canonicalJson } from "../../core/attest/canonical-json.ts";
import { entriesOf } from "../../core/attest/ledger-view.ts";
import { decide } from "../../core/decide/decide.ts";
import type { Decision } from "../../core/model/decision.ts";
import type { Json } from "../../core/model/json.ts";
import type { AuditRule } from "../audit-case.ts";
import { aboutEntry } from "../finding.ts";

/** Decides every recorded snapshot again, at the time of its entry, and demands the same decision (P11). */
export const decisionsRepeatable: AuditRule = ({ view }) =>
  entriesOf(view, "decision").flatMap((entry) => {
    const recorded = entry.result.decision;
    const again = decide(entry.inputs.snapshot, new Date(entry.at));
    if (written(again) === written(recorded)) return [];
    return [
      aboutEntry(entry, {
        code: "decision-not-repeatable",
        expected: `${again.verdict}: ${difference(again, recorded)}`,
        actual: `${recorded.verdict}, recorded under rules ${recorded.rules}`,
        pull: recorded.pull,
      }),
    ];
  });

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
