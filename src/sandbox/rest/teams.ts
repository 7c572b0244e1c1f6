import { notFound, refuse } from "../http/refusal.ts";
import { page } from "../http/paging.ts";
import { administrators, noContent, ok, param, readers } from "../http/reply.ts";
import { renderFullTeam, renderTeam } from "../render/team.ts";
import { renderUser } from "../render/user.ts";
import { joinTeam, leaveTeam, teamMembership } from "../world/team-membership.ts";
import { findPerson } from "./find-person.ts";
import type { Call, Reply, Route } from "../http/reply.ts";
import type { Team } from "../world/account.ts";

const team = "/orgs/{org}/teams/{team_slug}";
const membership = `${team}/memberships/{username}`;

/** Serves the organisation's teams with their members. */
export const teamRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/orgs/{org}/teams",
    needs: readers("members"),
    answer: (call) =>
      page(call, [...call.world.teams.values()], (one) => renderTeam(call.world, one)),
  },
  {
    method: "GET",
    path: team,
    needs: readers("members"),
    answer: (call) => ok(renderFullTeam(call.world, findTeam(call))),
  },
  {
    method: "GET",
    path: `${team}/members`,
    needs: readers("members"),
    answer: (call) => {
      const asked = findTeam(call);
      const found = [...call.world.people.values()].filter(
        (person) => teamMembership(call.world, asked, person)?.state === "active",
      );
      return page(call, found, (person) => renderUser(call.world, person.account));
    },
  },
  {
    method: "GET",
    path: membership,
    needs: readers("members"),
    answer: answerMembership,
  },
  {
    method: "PUT",
    path: membership,
    needs: administrators("members"),
    answer: (call) => {
      const role = call.body["role"] ?? "member";
      if (role !== "member" && role !== "maintainer") throw refuse(422, "Invalid role");
      joinTeam(findTeam(call), findPerson(call), role);
      return answerMembership(call);
    },
  },
  {
    method: "DELETE",
    path: membership,
    needs: administrators("members"),
    answer: (call) => {
      leaveTeam(findTeam(call), findPerson(call).account.login);
      return noContent();
    },
  },
];

function answerMembership(call: Call): Reply {
  const found = teamMembership(call.world, findTeam(call), findPerson(call));
  if (found === null) throw notFound();
  return ok({ url: `${call.world.baseUrl}${call.url.pathname}`, ...found });
}

/** GitHub finds a slug whatever its case. */
function findTeam(call: Call): Team {
  const found = call.world.teams.get(param(call, "team_slug").toLowerCase());
  if (found === undefined || param(call, "org") !== call.world.options.owner) throw notFound();
  return found;
}
