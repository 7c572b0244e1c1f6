import { personOf } from "../world/person-of.ts";
import { teamMembership } from "../world/team-membership.ts";
import { connection } from "./connection.ts";
import { demand } from "./demand.ts";
import { showAccount } from "./show-account.ts";
import { showTeam } from "./show-team.ts";
import type { Actor } from "../world/account.ts";
import type { World } from "../world/world.ts";
import type { PageArguments } from "./connection.ts";

interface TeamsArguments extends PageArguments {
  readonly userLogins?: readonly string[] | null;
}

/** Shows the organisation with its teams. */
export function showOrganisation(world: World, actor: Actor) {
  return {
    ...showAccount(world, world.organisation),
    team: ({ slug }: { readonly slug: string }) => {
      demand(actor, "members", "read");
      const team = world.teams.get(slug);
      return team === undefined ? null : showTeam(world, team);
    },
    teams: (args: TeamsArguments) => {
      demand(actor, "members", "read");
      const people = args.userLogins?.map((login) => personOf(world, login)) ?? null;
      // Whom a team has invited is in it for this question, as those are who belong to a child team.
      const teams = [...world.teams.values()].filter(
        (team) =>
          people === null ||
          people.some((one) => one !== null && teamMembership(world, team, one) !== null),
      );
      return connection(
        "teams",
        args,
        teams.map((team) => showTeam(world, team)),
      );
    },
  };
}
