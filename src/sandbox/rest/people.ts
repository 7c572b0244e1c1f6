import { notFound, refuse } from "../http/refusal.ts";
import { page } from "../http/paging.ts";
import { administrators, noContent, ok, param, readers } from "../http/reply.ts";
import { renderTeam } from "../render/team.ts";
import { renderProfile, renderUser } from "../render/user.ts";
import { webFlow } from "../world/web-flow.ts";
import type { Call, Route } from "../http/reply.ts";
import type { Account, Person, Team } from "../world/account.ts";
import type { World } from "../world/world.ts";

const team = "/orgs/{org}/teams/{team_slug}";
const membership = `${team}/memberships/{username}`;

/** Serves accounts, and the organisation's teams with their members. */
export const peopleRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/user",
    needs: readers(),
    answer: ({ world, actor }) => {
      if (actor.kind !== "person") throw refuse(403, "Resource not accessible by integration");
      return ok(renderProfile(world, actor.account, "own"));
    },
  },
  {
    method: "GET",
    path: "/users/{username}",
    needs: readers(),
    answer: (call) => {
      const account = findAccount(call.world, param(call, "username"));
      if (account === null) throw notFound();
      return ok(renderProfile(call.world, account, "other"));
    },
  },
  {
    method: "GET",
    path: "/orgs/{org}/teams",
    needs: readers("members"),
    answer: (call) =>
      page(call, [...call.world.teams.values()], (one) => renderTeam(call.world, one)),
  },
  {
    method: "GET",
    path: `${team}/members`,
    needs: readers("members"),
    answer: (call) => {
      const people = [...call.world.people.values()];
      const { members } = findTeam(call);
      const found = people.filter((person) => members.has(person.account.login));
      return page(call, found, (person) => renderUser(call.world, person.account));
    },
  },
  {
    method: "PUT",
    path: membership,
    needs: administrators("members"),
    answer: (call) => {
      const { login } = findPerson(call).account;
      findTeam(call).members.add(login);
      const url = `${call.world.baseUrl}${call.url.pathname}`;
      return ok({ url, role: "member", state: "active" });
    },
  },
  {
    method: "DELETE",
    path: membership,
    needs: administrators("members"),
    answer: (call) => {
      findTeam(call).members.delete(findPerson(call).account.login);
      return noContent();
    },
  },
];

function findTeam(call: Call): Team {
  const found = call.world.teams.get(param(call, "team_slug"));
  if (found === undefined || param(call, "org") !== call.world.options.owner) throw notFound();
  return found;
}

function findPerson(call: Call): Person {
  const person = call.world.people.get(param(call, "username"));
  if (person === undefined) throw notFound();
  return person;
}

function findAccount(world: World, login: string): Account | null {
  const bots = [...world.apps.values()].map((app) => app.bot);
  const all = [webFlow, world.organisation, ...bots];
  return world.people.get(login)?.account ?? all.find((one) => one.login === login) ?? null;
}
