import { entriesOf } from "../../core/attest/ledger-view.ts";
import type { AuditRule } from "../audit-case.ts";
import { aboutEntry } from "../finding.ts";

/**
 * Demands that what every counted approver saw was recorded before the decision, and was the content that
 * was decided on (P10).
 */
export const approvalsObserved: AuditRule = ({ view }) => {
  const observations = Map.groupBy(
    entriesOf(view, "approval-observed"),
    ({ inputs }) => inputs.review,
  );
  return entriesOf(view, "decision")
    .filter(({ result }) => result.decision.verdict === "approved")
    .flatMap((entry) => {
      const { approvals, digests, pull } = entry.result.decision;
      return approvals
        .filter(
          ({ review, principal }) =>
            !observations
              .get(review)
              ?.some(
                ({ seq, inputs, result }) =>
                  seq < entry.seq &&
                  inputs.pull === pull &&
                  inputs.reviewer.id === principal &&
                  result.contentDigest === digests.content,
              ),
        )
        .map(({ review, login }) =>
          aboutEntry(entry, {
            code: "approval-not-observed",
            expected: `an earlier approval-observed entry of review ${review} for the decided content`,
            actual: `there is none by ${login}`,
            pull,
          }),
        );
    });
};
