import { renderPull, renderPullSimple } from "../render/pull.ts";
import { renderReviewEvent } from "../render/review.ts";
import { emit } from "./emit.ts";
import type { JsonObject } from "../http/json.ts";
import type { Pull, Review } from "../world/pull.ts";
import type { Account } from "../world/account.ts";
import type { World } from "../world/world.ts";

/** Tells of something that happened to a pull request. */
export async function emitPull(
  world: World,
  pull: Pull,
  action: string,
  sender: Account,
  more: JsonObject = {},
): Promise<void> {
  const pull_request = await renderPull(world, pull);
  emit(world, "pull_request", { action, number: pull.number, pull_request, ...more }, sender);
}

/** Tells of a review that was submitted or dismissed. */
export function emitReview(
  world: World,
  pull: Pull,
  review: Review,
  action: "submitted" | "dismissed",
  sender: Account,
): void {
  const payload = {
    action,
    review: renderReviewEvent(world, pull, review),
    pull_request: renderPullSimple(world, pull),
  };
  emit(world, "pull_request_review", payload, sender);
}
