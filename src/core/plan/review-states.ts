import { entriesOf } from "../attest/ledger-view.ts";
import type { LedgerView } from "../attest/ledger-view.ts";
import type { ReviewOutcome } from "../model/command.ts";
import type { GivenReviewOutcome } from "../model/emergency.ts";
import { dueReviews } from "./due-reviews.ts";
import type { DueReview } from "./due-reviews.ts";

/** A review and where it stands. */
export interface ReviewState extends Pick<DueReview, "request" | "pull" | "issue" | "due"> {
  readonly state: "due" | "overdue" | ReviewOutcome;
}

/** Lists every review that is due or was given, oldest merge first. Half-open: at its due time it is overdue. */
export function reviewStates(view: LedgerView, now: Date): readonly ReviewState[] {
  const over = dueReviews(view).filter((one) => now.getTime() >= Date.parse(one.over));
  return over.map(({ request, pull, issue, due }) => {
    const waits = now.getTime() < Date.parse(due) ? "due" : "overdue";
    return { request, pull, issue, due, state: reviewOutcome(view, pull)?.outcome ?? waits };
  });
}

/** What a post-reviewer said of the access of a PR; `null` while nobody has. */
export function reviewOutcome(view: LedgerView, pull: number): GivenReviewOutcome | null {
  for (const { at, inputs, result } of entriesOf(view, "command")) {
    const { effect } = result;
    if (inputs.pull !== pull || effect?.kind !== "review") continue;
    return { outcome: effect.outcome, by: effect.by, at };
  }
  return null;
}
