import { mergeability } from "../acts/mergeability.ts";
import { changesSinceFork } from "../git/diff.ts";
import { commitsBetween } from "../git/refs.ts";
import { association } from "./association.ts";
import { apiUrl, renderRepository, webUrl } from "./repository.ts";
import { renderUser } from "./user.ts";
import type { JsonObject } from "../http/json.ts";
import type { Pull } from "../world/pull.ts";
import type { World } from "../world/world.ts";

/** Renders a pull request as lists show it. */
export function renderPullSimple(world: World, pull: Pull): JsonObject {
  const api = apiUrl(world, `/pulls/${pull.number}`);
  const html = webUrl(world, `/pull/${pull.number}`);
  return {
    ...links(world, pull),
    id: pull.id,
    node_id: pull.nodeId,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: renderUser(world, pull.author),
    body: pull.body,
    labels: [],
    milestone: null,
    active_lock_reason: null,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.merged?.at ?? null,
    merge_commit_sha: pull.merged?.commit ?? null,
    assignee: null,
    assignees: [],
    requested_reviewers: pull.requestedReviewers.map((one) => renderUser(world, one)),
    requested_teams: [],
    head: side(world, pull.headRef, pull.headOid),
    base: side(world, pull.baseRef, pull.baseOid),
    _links: Object.fromEntries(
      Object.entries(links(world, pull)).map(([key, href]) => [linkName(key), { href }]),
    ),
    author_association: association(world, pull.author),
    auto_merge: null,
    draft: pull.draft,
    url: api,
  };

  function linkName(key: string): string {
    return key === "url" ? "self" : key.replace(/_url$/, "");
  }
}

/** Renders a pull request completely; counts and mergeability come from git. */
export async function renderPull(world: World, pull: Pull): Promise<JsonObject> {
  const simple = renderPullSimple(world, pull);
  const changes = await changesSinceFork(world.git, pull.baseOid, pull.headOid);
  const commits = await commitsBetween(world.git, pull.baseOid, pull.headOid);
  const merge = await mergeability(world, pull);
  return {
    ...simple,
    merged: pull.merged !== null,
    mergeable: merge.mergeable,
    rebaseable: merge.mergeable,
    mergeable_state: merge.state,
    merged_by: pull.merged === null ? null : renderUser(world, pull.merged.by),
    comments: world.comments.filter((one) => one.number === pull.number).length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: commits.length,
    additions: changes.reduce((sum, one) => sum + one.additions, 0),
    deletions: changes.reduce((sum, one) => sum + one.deletions, 0),
    changed_files: changes.length,
  };
}

/** Renders a pull request as check runs name it. */
export function renderPullMinimal(world: World, pull: Pull): JsonObject {
  const repo = {
    id: world.options.repositoryId,
    url: apiUrl(world),
    name: world.options.repository,
  };
  return {
    url: apiUrl(world, `/pulls/${pull.number}`),
    id: pull.id,
    number: pull.number,
    head: { ref: pull.headRef, sha: pull.headOid, repo },
    base: { ref: pull.baseRef, sha: pull.baseOid, repo },
  };
}

function links(world: World, pull: Pull): JsonObject {
  const api = apiUrl(world, `/pulls/${pull.number}`);
  const issue = apiUrl(world, `/issues/${pull.number}`);
  return {
    url: api,
    html_url: webUrl(world, `/pull/${pull.number}`),
    issue_url: issue,
    commits_url: `${api}/commits`,
    review_comments_url: `${api}/comments`,
    review_comment_url: apiUrl(world, "/pulls/comments{/number}"),
    comments_url: `${issue}/comments`,
    statuses_url: apiUrl(world, `/statuses/${pull.headOid}`),
  };
}

function side(world: World, ref: string, sha: string): JsonObject {
  return {
    label: `${world.options.owner}:${ref}`,
    ref,
    sha,
    user: renderUser(world, world.organisation),
    repo: renderRepository(world),
  };
}
