import { entriesOf } from "../../core/attest/ledger-view.ts";
import { chainSteps, instantText, stepOfPerson } from "../../core/evaluate/emergency/chain.ts";
import { openCase } from "../../core/evaluate/case.ts";
import type { EntryOf } from "../../core/model/entry.ts";
import type { AuditRule } from "../audit-case.ts";
import type { AuditFinding } from "../audit-report.ts";
import { aboutEntry } from "../finding.ts";

/** Demands that a later step of the fallback chain was on record as open before anybody of it approved an emergency (P8). */
export const chainRecorded: AuditRule = ({ view }) => {
  const recorded = entriesOf(view, "chain-step");
  return entriesOf(view, "decision").flatMap((entry) => unrecorded(entry, recorded));
};

function unrecorded(
  entry: EntryOf<"decision">,
  recorded: readonly EntryOf<"chain-step">[],
): readonly AuditFinding[] {
  const { decision } = entry.result;
  if (decision.verdict !== "approved" || decision.request?.kind !== "BreakGlassRequest") return [];
  const { pull } = decision;
  const given = openCase(entry.inputs.snapshot, new Date(entry.inputs.decidedAt));
  const steps = given.governance === null ? [] : chainSteps(given, given.governance);
  return decision.approvals.flatMap(({ person, role }) => {
    const step = role === "break-glass" ? stepOfPerson(steps, person) : null;
    if (step === null || step.step === 1) return [];
    const opensAt = instantText(step.opensAt);
    const isRecorded = recorded.some(
      ({ seq, inputs, result }) =>
        seq < entry.seq &&
        inputs.pull === pull &&
        inputs.step === step.step &&
        result.opensAt === opensAt,
    );
    if (isRecorded) return [];
    return [
      aboutEntry(entry, {
        code: "chain-step-unrecorded",
        expected: `an earlier chain-step entry of step ${step.step}, open from ${opensAt}`,
        actual: `${person} of this step approved, and there is none`,
        pull,
      }),
    ];
  });
}
