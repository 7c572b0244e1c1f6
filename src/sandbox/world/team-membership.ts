import type { Person, Team } from "./account.ts";
import type { World } from "./world.ts";

/** What somebody is to a team, as GitHub shows it: through a child team as well. */
export interface TeamMembership {
  readonly role: "member" | "maintainer";
  readonly state: "active" | "pending";
}

/** Finds out what a person is to a team; `null` when nothing. An owner of the organisation is always a maintainer. */
export function teamMembership(world: World, team: Team, person: Person): TeamMembership | null {
  const { login } = person.account;
  if (withChildren(world, team).some((one) => one.members.has(login))) {
    const maintains = team.maintainers.has(login) || person.organisation === "owner";
    return { role: maintains ? "maintainer" : "member", state: "active" };
  }
  return team.invited.has(login) ? { role: "member", state: "pending" } : null;
}

/** Puts a person into a team as the API does: who is no member of the organisation is only invited. */
export function joinTeam(team: Team, person: Person, role: "member" | "maintainer"): void {
  const { login } = person.account;
  if (person.organisation !== "member" && person.organisation !== "owner") {
    team.invited.add(login);
    return;
  }
  team.members.add(login);
  if (role === "maintainer") team.maintainers.add(login);
  else team.maintainers.delete(login);
}

/** Takes a person out of a team, or takes an invitation back. Child teams keep their members. */
export function leaveTeam(team: Team, login: string): void {
  for (const people of [team.members, team.maintainers, team.invited]) people.delete(login);
}

/** The team and everything below it. */
export function withChildren(world: World, team: Team): readonly Team[] {
  const children = childrenOf(world, team);
  return [team, ...children.flatMap((child) => withChildren(world, child))];
}

/** The teams directly below a team. */
export function childrenOf(world: World, team: Team): readonly Team[] {
  return [...world.teams.values()].filter(({ parent }) => parent === team.slug);
}
