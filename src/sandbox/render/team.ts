import { nodeId } from "../world/node-id.ts";
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
