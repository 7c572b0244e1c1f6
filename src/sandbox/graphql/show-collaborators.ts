import { nodeId } from "../world/node-id.ts";
import { standardRoles } from "../world/standard-roles.ts";
import { teamMembership } from "../world/team-membership.ts";
import { connection } from "./connection.ts";
import { showAccount } from "./show-account.ts";
import { showTeam } from "./show-team.ts";
import type { Holding, Person } from "../world/account.ts";
import type { World } from "../world/world.ts";
import type { PageArguments } from "./connection.ts";

/** The arguments of `Repository.collaborators`. */
export interface CollaboratorsArguments extends PageArguments {
  readonly affiliation?: "ALL" | "DIRECT" | "OUTSIDE" | null;
  readonly login?: string | null;
}

/** Shows who can reach a repository and where each has it from: added directly, through a team, as an owner. */
export function showCollaborators(world: World, holding: Holding, args: CollaboratorsArguments) {
  const affiliation = args.affiliation ?? "ALL";
  const found = [...world.people.values()]
    .filter(({ account }) => args.login == null || sameLogin(account.login, args.login))
    .map((person) => ({ person, sources: sourcesOf(world, holding, person) }))
    .filter(({ person, sources }) => {
      if (affiliation === "ALL") return sources.length > 0;
      const isDirect = sources.some(({ source }) => source.__typename === "Repository");
      return isDirect && (affiliation === "DIRECT" || person.organisation === "none");
    });
  const shown = connection("collaborators", args, found);
  return {
    ...shown,
    nodes: shown.nodes.map(({ person }) => showAccount(world, person.account)),
    edges: shown.edges.map(({ cursor, node }) => ({
      cursor,
      node: showAccount(world, node.person.account),
      permission: highest(node.sources.map(({ roleName }) => roleName)),
      permissionSources: node.sources,
    })),
  };
}

function sourcesOf(world: World, holding: Holding, person: Person) {
  const organization = showAccount(world, world.organisation);
  const direct = holding.collaborators.get(person.account.login);
  const teams = [...holding.teams].flatMap(([slug, role]) => {
    const team = world.teams.get(slug);
    const isIn = team && teamMembership(world, team, person)?.state === "active";
    return isIn ? [granted(role, showTeam(world, team))] : [];
  });
  return [
    ...(person.organisation === "owner" ? [granted("admin", organization)] : []),
    ...(direct === undefined ? [] : [granted(direct, repository(holding))]),
    ...teams,
  ].map((one) => ({ ...one, organization }));
}

function granted<S extends { readonly __typename: string }>(role: string, source: S) {
  const names = new Map([
    ["pull", "read"],
    ["push", "write"],
  ]);
  return { permission: levelOf(role), roleName: names.get(role) ?? role, source };
}

function repository({ id, name }: Holding) {
  return { __typename: "Repository", id: nodeId("R", id), databaseId: id, name };
}

/** A custom role is built on reading here. */
function levelOf(role: string): "READ" | "WRITE" | "ADMIN" {
  if (role === "admin") return "ADMIN";
  return role === "push" || role === "maintain" ? "WRITE" : "READ";
}

function highest(roles: readonly string[]): string {
  const order = standardRoles.map((role) => granted(role, { __typename: "" }).roleName);
  const most = Math.max(0, ...roles.map((role) => order.indexOf(role)));
  return (order[most] ?? "read").toUpperCase();
}

function sameLogin(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
