import { nodeId } from "../world/node-id.ts";
import { withChildren } from "../world/team-membership.ts";
import { renderOrganisation } from "./user.ts";
import type { JsonObject } from "../http/json.ts";
import type { Team } from "../world/account.ts";
import type { World } from "../world/world.ts";

/** Renders a team of the organisation. */
export function renderTeam(world: World, team: Team): JsonObject {
  const api = `${world.baseUrl}/organizations/${world.organisation.id}/team/${team.id}`;
  return {
    id: team.id,
    node_id: nodeId("T", team.id),
    name: team.slug,
    slug: team.slug,
    description: null,
    privacy: "closed",
    notification_setting: "notifications_enabled",
    url: api,
    html_url: `${world.baseUrl}/orgs/${world.options.owner}/teams/${team.slug}`,
    members_url: `${api}/members{/member}`,
    repositories_url: `${api}/repos`,
    type: "organization",
    organization_id: world.organisation.id,
    permission: "pull",
    parent: null,
  };
}

/** Renders a team with what its own page has. */
export function renderFullTeam(world: World, team: Team): JsonObject {
  const members = new Set(withChildren(world, team).flatMap((one) => [...one.members]));
  return {
    ...renderTeam(world, team),
    members_count: members.size,
    repos_count: 0,
    created_at: world.startedAt,
    updated_at: world.startedAt,
    organization: {
      ...renderOrganisation(world),
      html_url: `${world.baseUrl}/${world.options.owner}`,
      has_organization_projects: false,
      has_repository_projects: false,
      public_repos: 0,
      public_gists: 0,
      followers: 0,
      following: 0,
      type: "Organization",
      created_at: world.startedAt,
      updated_at: world.startedAt,
      archived_at: null,
    },
  };
}
