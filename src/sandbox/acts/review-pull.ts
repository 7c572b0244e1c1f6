import { readCommit } from "../git/read-commit.ts";
import { refuse, Refusal } from "../http/refusal.ts";
import { instant } from "../world/instant.ts";
import { emitReview } from "../webhooks/pull-events.ts";
import { noteEvent } from "./note-event.ts";
import type { Pull, Review } from "../world/pull.ts";
import type { Actor } from "../world/account.ts";
import type { World } from "../world/world.ts";

/** What a reviewer says. `commit` is the reviewer's own choice: GitHub takes any commit it knows. */
export interface ReviewWish {
  readonly event: "APPROVE" | "REQUEST_CHANGES" | "COMMENT";
  readonly body: string;
  readonly commit: string | null;
}

const states = {
  APPROVE: "APPROVED",
  REQUEST_CHANGES: "CHANGES_REQUESTED",
  COMMENT: "COMMENTED",
} as const;

/**
 * Submits a review. GitHub stops only the pull request's author from approving or requesting changes:
 * not the commits' authors, not whoever pushed.
 */
export async function submitReview(
  world: World,
  actor: Actor,
  pull: Pull,
  wish: ReviewWish,
): Promise<Review> {
  if (wish.event !== "COMMENT" && actor.account.id === pull.author.id) {
    const what = wish.event === "APPROVE" ? "approve" : "request changes on";
    throw unprocessable(`Can not ${what} your own pull request`);
  }
  if (wish.event !== "APPROVE" && wish.body === "") {
    throw unprocessable("Body can't be blank");
  }
  if (wish.commit !== null && (await readCommit(world.git, wish.commit)) === null) {
    throw unprocessable("The commit_id is not part of the pull request");
  }
  const review: Review = {
    id: world.nextId(),
    author: actor.account,
    state: states[wish.event],
    body: wish.body,
    submittedAt: instant(),
    commit: wish.commit ?? pull.headOid,
  };
  pull.reviews.push(review);
  const asked = pull.requestedReviewers.findIndex(({ id }) => id === actor.account.id);
  if (asked !== -1) pull.requestedReviewers.splice(asked, 1);
  pull.updatedAt = review.submittedAt;
  emitReview(world, pull, review, "submitted", actor.account);
  return review;
}

/** Takes the effect of a review away; the review stays, dismissed. */
export function dismissReview(
  world: World,
  actor: Actor,
  pull: Pull,
  review: Review,
  message: string,
): void {
  if (review.state !== "APPROVED" && review.state !== "CHANGES_REQUESTED") {
    throw refuse(422, `Can not dismiss a ${review.state.toLowerCase()} pull request review`);
  }
  const before = review.state;
  review.state = "DISMISSED";
  noteEvent(world, pull, "ReviewDismissedEvent", actor.account, { before, after: message, review });
  emitReview(world, pull, review, "dismissed", actor.account);
}

function unprocessable(message: string): Refusal {
  return new Refusal(422, {
    message: "Unprocessable Entity",
    errors: [message],
    documentation_url: "https://docs.github.com/rest/pulls/reviews",
  });
}
