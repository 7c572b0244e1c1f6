import { refuse } from "../http/refusal.ts";
import { renderUser } from "../render/user.ts";
import { instant } from "../world/instant.ts";
import { emitPull } from "../webhooks/pull-events.ts";
import type { Pull } from "../world/pull.ts";
import type { Account } from "../world/account.ts";
import type { World } from "../world/world.ts";

/** Asks people for a review, one webhook each; 422 for the author, as GitHub says it. */
export async function requestReview(
  world: World,
  pull: Pull,
  by: Account,
  reviewers: readonly Account[],
): Promise<void> {
  if (reviewers.some(({ id }) => id === pull.author.id)) {
    throw refuse(422, "Review cannot be requested from pull request author.");
  }
  for (const reviewer of reviewers) {
    if (pull.requestedReviewers.some(({ id }) => id === reviewer.id)) continue;
    pull.requestedReviewers.push(reviewer);
    pull.updatedAt = instant();
    const requested_reviewer = renderUser(world, reviewer);
    await emitPull(world, pull, "review_requested", by, { requested_reviewer });
  }
}

/** Takes the request for a review back; whoever was not asked is passed over. */
export async function removeReviewRequest(
  world: World,
  pull: Pull,
  by: Account,
  reviewers: readonly Account[],
): Promise<void> {
  for (const reviewer of reviewers) {
    const at = pull.requestedReviewers.findIndex(({ id }) => id === reviewer.id);
    if (at === -1) continue;
    pull.requestedReviewers.splice(at, 1);
    pull.updatedAt = instant();
    const requested_reviewer = renderUser(world, reviewer);
    await emitPull(world, pull, "review_request_removed", by, { requested_reviewer });
  }
}
