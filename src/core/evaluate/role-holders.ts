import type { Governance, Owner } from "../model/governance.ts";
import type { RoleName } from "../model/names.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { ownersOf } from "../parse/roles.ts";
import { isOnForge, peopleOnForge, rosterMemory } from "./memberships.ts";
import { peopleOfTeam, personWithLogin } from "./people.ts";

/** What says who holds a role: a team of another organisation gives nobody. */
type Membership = Pick<Snapshot, "teams" | "repository">;

/**
 * Names the people who hold a role for a path, sorted. A team counts for those who are in it by
 * people.yaml and, where the forge has a team of that name, there as well: so that neither a team maintainer on
 * the forge nor an edit of people.yaml makes approvers alone. A team whose membership was not read, or of another
 * organisation, gives nobody.
 */
export function roleHolders(
  governance: Governance,
  snapshot: Membership,
  role: RoleName,
  path: string,
): readonly string[] {
  return byBoth(governance, snapshot.teams, question(snapshot, role, path), () => {
    const owners = ownersOf(governance.roles, role, path);
    return sorted(owners.flatMap((owner) => peopleOf(governance, snapshot, owner, membersOfBoth)));
  });
}

/**
 * Names the people who hold a role for a path by people.yaml or on the forge: either is enough to deny, and to be kept
 * from approving by a power that excludes it, because taking somebody out of one of them must not lift either.
 */
export function roleHoldersByEither(
  governance: Governance,
  snapshot: Membership,
  role: RoleName,
  path: string,
): readonly string[] {
  return byEither(governance, snapshot.teams, question(snapshot, role, path), () => {
    const owners = ownersOf(governance.roles, role, path);
    return sorted(
      owners.flatMap((owner) => peopleOf(governance, snapshot, owner, membersOfEither)),
    );
  });
}

/**
 * Names the people of each owner of the `[break-glass]` line for a path, in the order of the line: the fallback chain. Nobody is
 * named twice; a step that nobody is in keeps its place and its time.
 */
export function chainOf(
  governance: Governance,
  snapshot: Membership,
  path: string,
): readonly (readonly string[])[] {
  const question = `${snapshot.repository.owner} ${path}`;
  return chains(governance, snapshot.teams, question, () => {
    const named = new Set<string>();
    return ownersOf(governance.roles, "break-glass", path).map((owner) => {
      const people = sorted(peopleOf(governance, snapshot, owner, membersOfBoth));
      const own = people.filter((person) => !named.has(person));
      own.forEach((person) => named.add(person));
      return own;
    });
  });
}

const chains = rosterMemory<readonly (readonly string[])[]>();
const byBoth = rosterMemory<readonly string[]>();
const byEither = rosterMemory<readonly string[]>();

function question({ repository }: Membership, role: RoleName, path: string): string {
  return `${repository.owner} ${role} ${path}`;
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}

type TeamMembers = (
  governance: Governance,
  teams: Membership["teams"],
  team: string,
) => readonly string[];

function peopleOf(
  governance: Governance,
  { teams, repository }: Membership,
  owner: Owner,
  members: TeamMembers,
): readonly string[] {
  if (owner.kind === "account") return accountOf(governance, owner.login);
  if (!isOf(owner.org, repository.owner)) return [];
  return members(governance, teams, owner.slug);
}

const membersOfBoth: TeamMembers = (governance, teams, team) =>
  peopleOfTeam(governance, team).filter(
    (person) => isOnForge(governance, teams, { team, person }) !== "no",
  );

const membersOfEither: TeamMembers = (governance, teams, team) => [
  ...peopleOfTeam(governance, team),
  ...peopleOnForge(governance, teams, team),
];

function accountOf(governance: Governance, login: string): readonly string[] {
  const person = personWithLogin(governance, login);
  return person === null ? [] : [person];
}

function isOf(organisation: string, owner: string): boolean {
  return organisation.toLowerCase() === owner.toLowerCase();
}
