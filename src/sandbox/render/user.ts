import { nodeId } from "../world/node-id.ts";
import type { JsonObject } from "../http/json.ts";
import type { Account } from "../world/account.ts";
import type { World } from "../world/world.ts";

/** Renders an account as `simple-user`. */
export function renderUser(world: World, account: Account): JsonObject {
  const { login, id } = account;
  const api = `${world.baseUrl}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id,
    node_id: accountNodeId(account),
    avatar_url: `${world.baseUrl}/avatars/u/${id}?v=4`,
    gravatar_id: "",
    url: api,
    html_url: htmlUrl(world, account),
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: account.type,
    site_admin: false,
  };
}

/** Renders an account as `public-user`, with the further keys of `private-user` when it asks for itself. */
export function renderProfile(world: World, account: Account, whose: "own" | "other"): JsonObject {
  const profile = {
    ...renderUser(world, account),
    name: account.login,
    company: null,
    blog: "",
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: world.startedAt,
    updated_at: world.startedAt,
  };
  if (whose === "other") return profile;
  return {
    ...profile,
    private_gists: 0,
    total_private_repos: 1,
    owned_private_repos: 0,
    disk_usage: 0,
    collaborators: 0,
    two_factor_authentication: true,
  };
}

/** Renders the organisation as webhooks carry it. */
export function renderOrganisation(world: World): JsonObject {
  const { login, id } = world.organisation;
  const api = `${world.baseUrl}/orgs/${login}`;
  return {
    login,
    id,
    node_id: accountNodeId(world.organisation),
    url: api,
    repos_url: `${api}/repos`,
    events_url: `${api}/events`,
    hooks_url: `${api}/hooks`,
    issues_url: `${api}/issues`,
    members_url: `${api}/members{/member}`,
    public_members_url: `${api}/public_members{/member}`,
    avatar_url: `${world.baseUrl}/avatars/u/${id}?v=4`,
    description: null,
  };
}

/** Gives the node id of an account. */
export function accountNodeId(account: Account): string {
  return nodeId({ User: "U", Bot: "BOT", Organization: "O" }[account.type], account.id);
}

function htmlUrl(world: World, account: Account): string {
  if (account.type !== "Bot") return `${world.baseUrl}/${account.login}`;
  return `${world.baseUrl}/apps/${account.login.replace(/\[bot\]$/, "")}`;
}
