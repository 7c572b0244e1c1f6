import { nodeId } from "../world/node-id.ts";
import { connection } from "./connection.ts";
import { demand } from "./demand.ts";
import { showAccount } from "./show-account.ts";
import type { Actor, Team } from "../world/account.ts";
import type { World } from "../world/world.ts";
import type { PageArguments } from "./connection.ts";

/** Shows the organisation with its teams. */
export function showOrganisation(world: World, actor: Actor) {
  return {
    ...showAccount(world, world.organisation),
    team: ({ slug }: { readonly slug: string }) => {
      demand(actor, "members", "read");
      const team = world.teams.get(slug);
      return team === undefined ? null : showTeam(world, team);
    },
    teams: (args: PageArguments) => {
      demand(actor, "members", "read");
      const teams = [...world.teams.values()];
      return connection(
        "teams",
        args,
        teams.map((team) => showTeam(world, team)),
      );
    },
  };
}

function showTeam(world: World, team: Team) {
  const people = [...world.people.values()];
  return {
    __typename: "Team",
    id: nodeId("T", team.id),
    databaseId: team.id,
    slug: team.slug,
    name: team.slug,
    combinedSlug: `${world.options.owner}/${team.slug}`,
    privacy: "VISIBLE",
    members: (args: PageArguments) => {
      const members = people.filter((person) => team.members.has(person.account.login));
      return connection(
        "members",
        args,
        members.map((one) => showAccount(world, one.account)),
      );
    },
  };
}
