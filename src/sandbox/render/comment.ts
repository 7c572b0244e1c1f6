import { nodeId } from "../world/node-id.ts";
import { association } from "./association.ts";
import { renderApp } from "./app.ts";
import { apiUrl, webUrl } from "./repository.ts";
import { renderUser } from "./user.ts";
import type { JsonObject } from "../http/json.ts";
import type { Pull } from "../world/pull.ts";
import type { Comment, World } from "../world/world.ts";

/** Renders a comment of a pull request's conversation. */
export function renderComment(world: World, comment: Comment): JsonObject {
  const api = apiUrl(world, `/issues/comments/${comment.id}`);
  return {
    id: comment.id,
    node_id: nodeId("IC", comment.id),
    url: api,
    html_url: webUrl(world, `/pull/${comment.pull}#issuecomment-${comment.id}`),
    issue_url: apiUrl(world, `/issues/${comment.pull}`),
    body: comment.body,
    user: renderUser(world, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: association(world, comment.author),
    performed_via_github_app: comment.viaApp === null ? null : renderApp(world, comment.viaApp),
    reactions: reactions(`${api}/reactions`),
  };
}

/** Renders a pull request as the issue that its comments belong to. */
export function renderIssue(world: World, pull: Pull): JsonObject {
  const api = apiUrl(world, `/issues/${pull.number}`);
  const html = webUrl(world, `/pull/${pull.number}`);
  return {
    id: pull.id + 1_000_000_000,
    node_id: pull.nodeId,
    number: pull.number,
    url: api,
    repository_url: apiUrl(world),
    labels_url: `${api}/labels{/name}`,
    comments_url: `${api}/comments`,
    events_url: `${api}/events`,
    timeline_url: `${api}/timeline`,
    html_url: html,
    title: pull.title,
    user: renderUser(world, pull.author),
    labels: [],
    state: pull.state,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: world.comments.filter((one) => one.pull === pull.number).length,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    author_association: association(world, pull.author),
    active_lock_reason: null,
    draft: pull.draft,
    pull_request: {
      url: apiUrl(world, `/pulls/${pull.number}`),
      html_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      merged_at: pull.merged?.at ?? null,
    },
    body: pull.body,
    reactions: reactions(`${api}/reactions`),
    performed_via_github_app: pull.viaApp === null ? null : renderApp(world, pull.viaApp),
    state_reason: null,
  };
}

function reactions(url: string): JsonObject {
  const none = { laugh: 0, hooray: 0, confused: 0, heart: 0, rocket: 0, eyes: 0 };
  return { url, total_count: 0, "+1": 0, "-1": 0, ...none };
}
