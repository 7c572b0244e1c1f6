import type { MissingFact, ReviewDismissal, ReviewFacts } from "../../core/model/snapshot.ts";
import { accountOf } from "./accounts.ts";
import type { ReviewAnswer } from "./pull-answer.ts";
import type { ReadFact } from "./read-fact.ts";
import { safeId } from "./safe-id.ts";

/**
 * Reads submitted reviews, the dismissed ones with their dismissal from the timeline. A pending one is its
 * writer's own draft and is left out.
 */
export function readReviews(
  nodes: readonly ReviewAnswer[],
  dismissals: ReadonlyMap<number, ReviewDismissal>,
): ReadFact<readonly ReviewFacts[]> {
  const value: ReviewFacts[] = [];
  const missing: MissingFact[] = [];
  for (const node of nodes) {
    if (node.state === "PENDING") continue;
    const id = safeId(node.fullDatabaseId);
    if (id === null || node.submittedAt === null) {
      missing.push({ fact: "reviews", reason: "GitHub names a review without id or time" });
      continue;
    }
    value.push({
      id,
      author: accountOf(node.author),
      state: node.state,
      submittedAt: node.submittedAt,
      commit: node.commit?.oid ?? null,
      dismissal:
        node.state === "DISMISSED"
          ? (dismissals.get(id) ?? { at: node.submittedAt, by: null, was: "UNKNOWN" })
          : null,
    });
  }
  return { value, missing };
}
