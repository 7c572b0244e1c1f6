import { removeReviewRequest, requestReview } from "../acts/request-review.ts";
import { invalid } from "../http/refusal.ts";
import { created, ok, writers } from "../http/reply.ts";
import { renderPullSimple } from "../render/pull.ts";
import { findPull } from "./find-pull.ts";
import type { Call, Route } from "../http/reply.ts";
import type { Account } from "../world/account.ts";

const path = "/repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers";

/** Serves requests for a review: ask, and take back. Teams cannot be asked here. */
export const reviewRequestRoutes: readonly Route[] = [
  {
    method: "POST",
    path,
    needs: writers("pull_requests"),
    answer: async (call) => {
      const pull = findPull(call);
      await requestReview(call.world, pull, call.actor.account, reviewersIn(call));
      return created(renderPullSimple(call.world, pull));
    },
  },
  {
    method: "DELETE",
    path,
    needs: writers("pull_requests"),
    answer: async (call) => {
      const pull = findPull(call);
      await removeReviewRequest(call.world, pull, call.actor.account, reviewersIn(call));
      return ok(renderPullSimple(call.world, pull));
    },
  },
];

function reviewersIn({ world, body }: Call): readonly Account[] {
  const logins = body["reviewers"];
  if (!Array.isArray(logins)) throw invalid("PullRequest", "reviewers", "invalid");
  return logins.map((login) => {
    const found = typeof login === "string" ? world.people.get(login) : undefined;
    if (found === undefined) throw invalid("PullRequest", "reviewers", "invalid");
    return found.account;
  });
}
