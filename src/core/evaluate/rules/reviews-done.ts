import type { Finding } from "../../model/finding.ts";
import { epochMs } from "../../parse/epoch-ms.ts";
import type { Case } from "../case.ts";

/** Requires that nobody asks for or receives emergency access while a review of theirs is overdue (J5). */
export function reviewsDone({ snapshot, now, change }: Case): Finding {
  const { ledger, pull } = snapshot;
  const found = { rule: "reviews-done", code: "SOD-REVIEW-OVERDUE" };
  // What became overdue after the merge stands in the way of the next one, not of this.
  const until = pull.mergedAt === null ? now.getTime() : epochMs(pull.mergedAt);
  const own = ledger.requests.find(({ path }) => path === change?.path)?.name;
  const overdue = ledger.reviews.filter(
    ({ request, outcome, due }) => request !== own && outcome === null && !(until < epochMs(due)),
  );
  if (overdue.length === 0) {
    return { ...found, outcome: "satisfied", reason: "No review is overdue.", facts: [] };
  }
  const which = overdue.map(
    ({ request, issue, due }) =>
      `${request} (${issue === null ? "no issue yet" : `issue #${issue}`}, due ${due})`,
  );
  return {
    ...found,
    outcome: "violated",
    reason: `The review of ${which.join(", ")} is overdue: a post-reviewer has to give it first.`,
    facts: overdue.map(({ request }) => `request:${request}`),
  };
}
