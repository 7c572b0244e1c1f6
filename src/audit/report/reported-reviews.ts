import { entriesOf } from "../../core/attest/ledger-view.ts";
import type { LedgerView } from "../../core/attest/ledger-view.ts";
import { dueReviews } from "../../core/plan/due-reviews.ts";
import { reviewOutcome, reviewStates } from "../../core/plan/review-states.ts";
import type { ReportedReview, ReportPeriod } from "./model.ts";
import { isWithin } from "./period.ts";

/**
 * Lists the reviews that were asked for or given in the period, or that nobody had given at its end, oldest merge first. Half-open:
 * one that is due at the end of the period is overdue. The view must end with the period.
 */
export function reportedReviews(view: LedgerView, period: ReportPeriod): readonly ReportedReview[] {
  return allReviews(view, period).filter(
    ({ state, askedAt, at }) =>
      state === "due" ||
      state === "overdue" ||
      [askedAt, at].some((one) => one !== null && isWithin(period, one)),
  );
}

/** Lists every review up to the end of the period. */
export function allReviews(view: LedgerView, { to }: ReportPeriod): readonly ReportedReview[] {
  const reasons = new Map(dueReviews(view).map((one) => [one.pull, one.reasons]));
  const opened = new Map(
    entriesOf(view, "review-opened").map(({ at, inputs }) => [inputs.pull, at]),
  );
  return reviewStates(view, new Date(to)).map(({ request, pull, issue, due, state }) => {
    const given = reviewOutcome(view, pull);
    return {
      ...{ request, pull, issue, due, state },
      reasons: reasons.get(pull) ?? [],
      askedAt: opened.get(pull) ?? null,
      by: given?.by.person ?? null,
      at: given?.at ?? null,
    };
  });
}
