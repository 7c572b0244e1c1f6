import { entriesOf } from "../core/attest/ledger-view.ts";
import type { EntryDraft } from "../core/model/entry.ts";
import { dueReviews } from "../core/plan/due-reviews.ts";
import type { DueReview } from "../core/plan/due-reviews.ts";
import { reviewOutcome } from "../core/plan/review-states.ts";
import { renderReview } from "../core/render/render-review.ts";
import { failureText } from "./failure-text.ts";
import type { Gate } from "./gate.ts";

/**
 * Opens an issue for every access that has ended and that somebody has to look at again, and records it. It only asks: the
 * review is due whether or not there is an issue. Repeatable: the issue is found again by its mark. Returns the PRs whose
 * review nobody has given yet.
 */
export async function openReviews(gate: Gate): Promise<readonly number[]> {
  const view = gate.ledger.view();
  const now = gate.clock.now().getTime();
  const open = dueReviews(view).filter(
    ({ pull, over }) => now >= Date.parse(over) && reviewOutcome(view, pull) === null,
  );
  for (const review of open) if (review.issue === null) await tryToOpen(gate, review);
  return open.map(({ pull }) => pull);
}

/** Closes the issue of a review that somebody has given. */
export async function closeReviewed({ ledger, issues }: Gate, pull: number): Promise<void> {
  const view = ledger.view();
  const opened = entriesOf(view, "review-opened").find(({ inputs }) => inputs.pull === pull);
  if (opened === undefined || reviewOutcome(view, pull) === null) return;
  await issues.close(opened.result.issue);
}

/** One issue that cannot be opened must not keep the others, and the sweep, from their work. */
async function tryToOpen(gate: Gate, review: DueReview): Promise<void> {
  const { pull, due, decided: request } = review;
  const { decision } = review.decision.result;
  const { executions } = gate.ledger.view();
  try {
    const issue = renderReview({ decision, request, due, executions });
    const { number } = await gate.issues.open(issue);
    await gate.ledger.append([opened(review, number)]);
  } catch (error) {
    const reason = failureText(error);
    gate.log("error", "the issue of a review could not be opened and waits for the next sweep", {
      pull,
      reason,
    });
  }
}

function opened(
  { request, path, pull, due, reasons, decision }: DueReview,
  issue: number,
): EntryDraft {
  return {
    type: "review-opened",
    idempotencyKey: `review-opened:${pull}`,
    summary: `#${pull}: review #${issue} of ${request} is due at ${due}`,
    delivery: null,
    inputs: { request, path, pull, decision: decision.digest },
    result: { issue, due, reasons },
  };
}
