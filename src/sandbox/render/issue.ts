import { partOf } from "../world/conversation.ts";
import { association } from "./association.ts";
import { renderApp, renderAppOfIssue } from "./app.ts";
import { conversationUrl } from "./conversation-url.ts";
import { reactions } from "./reactions.ts";
import { apiUrl } from "./repository.ts";
import { renderUser } from "./user.ts";
import type { JsonObject } from "../http/json.ts";
import type { Conversation } from "../world/conversation.ts";
import type { Account } from "../world/account.ts";
import type { Pull } from "../world/pull.ts";
import type { World } from "../world/world.ts";

/**
 * Renders an issue, or a pull request as the issue that it also is, as webhooks do. The id of such a
 * pull request is that of the issue, not its own: GitHub's sharp edge.
 */
export function renderIssue(world: World, one: Conversation): JsonObject {
  const part = partOf(one);
  const api = apiUrl(world, `/issues/${part.number}`);
  return {
    ...links(api),
    id: one.kind === "issue" ? one.issue.id : one.pull.id + 1_000_000_000,
    node_id: part.nodeId,
    number: part.number,
    repository_url: apiUrl(world),
    html_url: conversationUrl(world, part.number),
    title: part.title,
    user: renderUser(world, part.author),
    labels: [],
    state: part.state,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: world.comments.filter(({ number }) => number === part.number).length,
    created_at: part.createdAt,
    updated_at: part.updatedAt,
    closed_at: one.kind === "issue" ? (one.issue.closed?.at ?? null) : one.pull.closedAt,
    author_association: association(world, part.author),
    active_lock_reason: null,
    ...(one.kind === "pull" ? asPull(world, one.pull) : {}),
    body: part.body,
    reactions: reactions(`${api}/reactions`),
    performed_via_github_app: part.viaApp === null ? null : renderAppOfIssue(world, part.viaApp),
    state_reason: one.kind === "issue" ? one.issue.stateReason : null,
  };
}

/** Renders an issue as the REST API does: who closed it is told there alone. */
export function renderIssueInFull(world: World, one: Conversation): JsonObject {
  const closer = closedBy(one);
  const { viaApp } = partOf(one);
  return {
    ...renderIssue(world, one),
    performed_via_github_app: viaApp === null ? null : renderApp(world, viaApp),
    closed_by: closer === null ? null : renderUser(world, closer),
  };
}

function links(api: string): JsonObject {
  return {
    url: api,
    labels_url: `${api}/labels{/name}`,
    comments_url: `${api}/comments`,
    events_url: `${api}/events`,
    timeline_url: `${api}/timeline`,
  };
}

function asPull(world: World, pull: Pull): JsonObject {
  const html = conversationUrl(world, pull.number);
  return {
    draft: pull.draft,
    pull_request: {
      url: apiUrl(world, `/pulls/${pull.number}`),
      html_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      merged_at: pull.merged?.at ?? null,
    },
  };
}

function closedBy(one: Conversation): Account | null {
  if (one.kind === "issue") return one.issue.closed?.by ?? null;
  if (one.pull.state === "open") return null;
  return one.pull.events.findLast(({ type }) => type === "ClosedEvent")?.actor ?? null;
}
