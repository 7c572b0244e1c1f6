import { nodeId } from "../world/node-id.ts";
import { association } from "./association.ts";
import { apiUrl, webUrl } from "./repository.ts";
import { renderUser } from "./user.ts";
import type { JsonObject } from "../http/json.ts";
import type { Pull, Review } from "../world/pull.ts";
import type { World } from "../world/world.ts";

/** Renders a review as the REST API does: states in capitals. */
export function renderReview(world: World, pull: Pull, review: Review): JsonObject {
  return { ...common(world, pull, review), body: review.body, state: review.state };
}

/** Renders a review as webhooks do: states in small letters, an empty body as null. */
export function renderReviewEvent(world: World, pull: Pull, review: Review): JsonObject {
  return {
    ...common(world, pull, review),
    body: review.body === "" ? null : review.body,
    state: review.state.toLowerCase(),
    updated_at: review.submittedAt,
  };
}

function common(world: World, pull: Pull, review: Review): JsonObject {
  const html = webUrl(world, `/pull/${pull.number}#pullrequestreview-${review.id}`);
  const api = apiUrl(world, `/pulls/${pull.number}`);
  return {
    id: review.id,
    node_id: nodeId("PRR", review.id),
    user: renderUser(world, review.author),
    html_url: html,
    pull_request_url: api,
    author_association: association(world, review.author),
    _links: { html: { href: html }, pull_request: { href: api } },
    submitted_at: review.submittedAt,
    commit_id: review.commit,
  };
}
