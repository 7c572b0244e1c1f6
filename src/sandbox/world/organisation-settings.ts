import { toHolding, toPerson, toTeam } from "./create-world.ts";
import { joinTeam, leaveTeam } from "./team-membership.ts";
import type { OrganisationRole, PersonOptions, TeamOptions } from "../sandbox-options.ts";
import type { Holding, Person, Team } from "./account.ts";
import type { World } from "./world.ts";

/** What an owner of the organisation can change on its pages. Nothing is asked for a token, and no webhook tells of it. */
export interface OrganisationSettings {
  addPerson(options: PersonOptions): void;
  /** Changes what somebody is in the organisation; who leaves it loses its teams and repositories. */
  setRole(login: string, organisation: OrganisationRole): void;
  /** The account is deleted. */
  removePerson(login: string): void;
  addTeam(options: TeamOptions): void;
  removeTeam(slug: string): void;
  join(slug: string, login: string, role: "member" | "maintainer"): void;
  addRepository(name: string): void;
  removeRepository(name: string): void;
  addCollaborator(repository: string, login: string, role: string): void;
  addTeamTo(repository: string, slug: string, role: string): void;
  /** Logins invited to a repository who have not accepted. */
  invitedTo(repository: string): readonly string[];
}

/** Gives the hands of an owner on a world. */
export function organisationSettings(world: World): OrganisationSettings {
  const leave = (login: string): void => {
    for (const team of world.teams.values()) leaveTeam(team, login);
    for (const { collaborators } of world.holdings.values()) collaborators.delete(login);
  };
  return {
    addPerson: (options) => void world.people.set(options.login, toPerson(options)),
    setRole: (login, organisation) => {
      world.people.set(login, { ...person(world, login), organisation });
      if (organisation === "none") leave(login);
    },
    removePerson: (login) => {
      leave(login);
      world.people.delete(login);
    },
    addTeam: (options) => void world.teams.set(options.slug, toTeam(options, world.nextId())),
    removeTeam: (slug) => void world.teams.delete(slug),
    join: (slug, login, role) => joinTeam(team(world, slug), person(world, login), role),
    addRepository: (name) => void world.holdings.set(name, toHolding(name, world.nextId())),
    removeRepository: (name) => void world.holdings.delete(name),
    addCollaborator: (repository, login, role) =>
      void holding(world, repository).collaborators.set(login, role),
    addTeamTo: (repository, slug, role) => void holding(world, repository).teams.set(slug, role),
    invitedTo: (repository) => [...holding(world, repository).invitations.values()],
  };
}

function person(world: World, login: string): Person {
  return found(world.people.get(login), login);
}

function team(world: World, slug: string): Team {
  return found(world.teams.get(slug), slug);
}

function holding(world: World, name: string): Holding {
  return found(world.holdings.get(name), name);
}

function found<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`The organisation has no ${name}.`);
  return value;
}
