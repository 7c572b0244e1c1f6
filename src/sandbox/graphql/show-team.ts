import { nodeId } from "../world/node-id.ts";
import { childrenOf, teamMembership, withChildren } from "../world/team-membership.ts";
import { connection } from "./connection.ts";
import { showAccount } from "./show-account.ts";
import type { Person, Team } from "../world/account.ts";
import type { World } from "../world/world.ts";
import type { PageArguments } from "./connection.ts";

interface MembersArguments extends PageArguments {
  readonly membership?: "ALL" | "IMMEDIATE" | "CHILD_TEAM" | null;
}

/** Shows a team with its members; those of child teams are members too, unless asked otherwise. */
export function showTeam(world: World, team: Team) {
  return {
    __typename: "Team",
    id: nodeId("T", team.id),
    databaseId: team.id,
    slug: team.slug,
    name: team.slug,
    combinedSlug: `${world.options.owner}/${team.slug}`,
    privacy: "VISIBLE",
    members: (args: MembersArguments) =>
      connection(
        "members",
        args,
        membersOf(world, team, args.membership ?? "ALL").map((one) =>
          showAccount(world, one.account),
        ),
      ),
    childTeams: (args: PageArguments) =>
      connection(
        "childTeams",
        args,
        childrenOf(world, team).map((child): object => showTeam(world, child)),
      ),
  };
}

function membersOf(
  world: World,
  team: Team,
  membership: "ALL" | "IMMEDIATE" | "CHILD_TEAM",
): readonly Person[] {
  const below = withChildren(world, team).slice(1);
  return [...world.people.values()].filter((person) => {
    const { login } = person.account;
    if (membership === "IMMEDIATE") return team.members.has(login);
    if (membership === "CHILD_TEAM") return below.some(({ members }) => members.has(login));
    return teamMembership(world, team, person)?.state === "active";
  });
}
