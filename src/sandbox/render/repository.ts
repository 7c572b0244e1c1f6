import { conversations, partOf } from "../world/conversation.ts";
import { nodeId } from "../world/node-id.ts";
import { renderUser } from "./user.ts";
import type { JsonObject } from "../http/json.ts";
import type { World } from "../world/world.ts";

/** Gives the address of the repository in the API, with an optional rest. */
export function apiUrl(world: World, rest = ""): string {
  return `${world.baseUrl}/repos/${fullName(world)}${rest}`;
}

/** Gives the address of the repository for people, with an optional rest. */
export function webUrl(world: World, rest = ""): string {
  return `${world.baseUrl}/${fullName(world)}${rest}`;
}

/** Gives `owner/name`. */
export function fullName(world: World): string {
  return `${world.options.owner}/${world.options.repository}`;
}

/** Renders the keys that every description of a repository has in common. */
export function renderRepository(world: World): JsonObject {
  const open = conversations(world).filter((one) => partOf(one).state === "open").length;
  return {
    id: world.options.repositoryId,
    node_id: nodeId("R", world.options.repositoryId),
    name: world.options.repository,
    full_name: fullName(world),
    private: true,
    owner: renderUser(world, world.organisation),
    html_url: webUrl(world),
    description: null,
    fork: false,
    url: apiUrl(world),
    ...templates(world),
    ...addresses(world),
    homepage: null,
    size: 1,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: false,
    has_downloads: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: false,
    disabled: false,
    open_issues_count: open,
    license: null,
    allow_forking: false,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: "private",
    forks: 0,
    open_issues: open,
    watchers: 0,
    default_branch: "main",
    ...times(world),
  };
}

/** Renders the answer of `GET /repos/{owner}/{repo}`. */
export function renderFullRepository(world: World): JsonObject {
  return {
    ...renderRepository(world),
    organization: renderUser(world, world.organisation),
    allow_squash_merge: false,
    allow_merge_commit: true,
    allow_rebase_merge: false,
    allow_auto_merge: false,
    delete_branch_on_merge: false,
    allow_update_branch: true,
    merge_commit_title: "MERGE_MESSAGE",
    merge_commit_message: "PR_TITLE",
    network_count: 0,
    subscribers_count: 0,
  };
}

function times(world: World): JsonObject {
  const moved = world.activity.at(-1)?.at ?? world.startedAt;
  return { created_at: world.startedAt, updated_at: moved, pushed_at: moved };
}

function addresses(world: World): JsonObject {
  const host = new URL(world.baseUrl).host;
  return {
    git_url: `git://${host}/${fullName(world)}.git`,
    ssh_url: `git@${host}:${fullName(world)}.git`,
    clone_url: webUrl(world, ".git"),
    svn_url: webUrl(world),
  };
}

function templates(world: World): JsonObject {
  const urls = addressTemplates.map(([key, rest]) => [key, apiUrl(world, rest)] as const);
  return Object.fromEntries(urls);
}

const addressTemplates = [
  ["forks_url", "/forks"],
  ["keys_url", "/keys{/key_id}"],
  ["collaborators_url", "/collaborators{/collaborator}"],
  ["teams_url", "/teams"],
  ["hooks_url", "/hooks"],
  ["issue_events_url", "/issues/events{/number}"],
  ["events_url", "/events"],
  ["assignees_url", "/assignees{/user}"],
  ["branches_url", "/branches{/branch}"],
  ["tags_url", "/tags"],
  ["blobs_url", "/git/blobs{/sha}"],
  ["git_tags_url", "/git/tags{/sha}"],
  ["git_refs_url", "/git/refs{/sha}"],
  ["trees_url", "/git/trees{/sha}"],
  ["statuses_url", "/statuses/{sha}"],
  ["languages_url", "/languages"],
  ["stargazers_url", "/stargazers"],
  ["contributors_url", "/contributors"],
  ["subscribers_url", "/subscribers"],
  ["subscription_url", "/subscription"],
  ["commits_url", "/commits{/sha}"],
  ["git_commits_url", "/git/commits{/sha}"],
  ["comments_url", "/comments{/number}"],
  ["issue_comment_url", "/issues/comments{/number}"],
  ["contents_url", "/contents/{+path}"],
  ["compare_url", "/compare/{base}...{head}"],
  ["merges_url", "/merges"],
  ["archive_url", "/{archive_format}{/ref}"],
  ["downloads_url", "/downloads"],
  ["issues_url", "/issues{/number}"],
  ["pulls_url", "/pulls{/number}"],
  ["milestones_url", "/milestones{/number}"],
  ["notifications_url", "/notifications{?since,all,participating}"],
  ["labels_url", "/labels{/name}"],
  ["releases_url", "/releases{/id}"],
  ["deployments_url", "/deployments"],
] as const;
