import { dismissReview, submitReview } from "../acts/review-pull.ts";
import { page } from "../http/paging.ts";
import { neededText, textIn } from "../http/read-body.ts";
import { invalid, notFound } from "../http/refusal.ts";
import { ok, param, participants, readers, writers } from "../http/reply.ts";
import { renderReview } from "../render/review.ts";
import { findPull } from "./find-pull.ts";
import type { Call, Reply, Route } from "../http/reply.ts";
import type { Review } from "../world/pull.ts";

const all = "/repos/{owner}/{repo}/pulls/{pull_number}/reviews";

/** Serves reviews: list, read, submit, dismiss. */
export const reviewRoutes: readonly Route[] = [
  {
    method: "GET",
    path: all,
    needs: readers("pull_requests"),
    answer: (call) => {
      const pull = findPull(call);
      return page(call, pull.reviews, (review) => renderReview(call.world, pull, review));
    },
  },
  { method: "POST", path: all, needs: participants("pull_requests"), answer: submit },
  {
    method: "PUT",
    path: `${all}/{review_id}/dismissals`,
    needs: writers("pull_requests"),
    answer: (call) => {
      const pull = findPull(call);
      const review = findReview(call);
      const message = neededText(call.body, "PullRequestReview", "message");
      dismissReview(call.world, call.actor, pull, review, message);
      return ok(renderReview(call.world, pull, review));
    },
  },
];

async function submit(call: Call): Promise<Reply> {
  const pull = findPull(call);
  const event = textIn(call.body, "event");
  // Without an event GitHub keeps the review pending, invisible to everybody else.
  if (event !== "APPROVE" && event !== "REQUEST_CHANGES" && event !== "COMMENT") {
    throw invalid("PullRequestReview", "event", "invalid");
  }
  const review = await submitReview(call.world, call.actor, pull, {
    event,
    body: textIn(call.body, "body") ?? "",
    commit: textIn(call.body, "commit_id"),
  });
  return ok(renderReview(call.world, pull, review));
}

function findReview(call: Call): Review {
  const id = Number(param(call, "review_id"));
  const review = findPull(call).reviews.find((one) => one.id === id);
  if (review === undefined) throw notFound();
  return review;
}
