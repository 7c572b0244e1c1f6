import { entriesOf } from "../../core/attest/ledger-view.ts";
import { dueReviews } from "../../core/plan/due-reviews.ts";
import type { AuditRule } from "../audit-case.ts";
import { aboutEntry } from "../finding.ts";

/** Demands that a review was asked for when the ledgers say it is due, and for nothing else: nobody puts it off by writing so. */
export const reviewsAsked: AuditRule = ({ view }) => {
  const due = new Map(dueReviews(view).map((one) => [one.pull, one]));
  return entriesOf(view, "review-opened").flatMap((entry) => {
    const { pull, decision } = entry.inputs;
    const owed = due.get(pull);
    if (owed?.due === entry.result.due && owed.decision.digest === decision) return [];
    return [
      aboutEntry(entry, {
        code: "review-not-as-due",
        expected: owed === undefined ? "no review, as none is due" : `a review due at ${owed.due}`,
        actual: `one due at ${entry.result.due}`,
        pull,
      }),
    ];
  });
};
