import type { Governance, Owner } from "../model/governance.ts";
import type { RoleName } from "../model/names.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { ownersOf } from "../parse/roles.ts";
import { ownsAccount, teamsOf } from "./people.ts";

/**
 * Names the people who hold a role for a path, sorted. A team counts for those who are in it by
 * people.yaml and, where the forge has a team of that name, there as well: so that neither a team maintainer on
 * the forge nor an edit of people.yaml makes approvers alone. A team whose membership was not read, or of another
 * organisation, gives nobody.
 */
export function roleHolders(
  governance: Governance,
  snapshot: Snapshot,
  role: RoleName,
  path: string,
): readonly string[] {
  const owners = ownersOf(governance.roles, role, path);
  return governance.people
    .filter((person) => owners.some((owner) => holds(person, owner, snapshot)))
    .map(({ name }) => name)
    .sort();
}

/**
 * Names the people whose CHANGES_REQUESTED is a denial as holders of a role for a path: membership by people.yaml
 * or on the forge is enough, because taking somebody out of one of them must not lift what they deny.
 */
export function roleDeniers(
  governance: Governance,
  { teams, repository }: Snapshot,
  role: RoleName,
  path: string,
): readonly string[] {
  const owners = ownersOf(governance.roles, role, path);
  const names = (person: Governance["people"][number], owner: Owner): boolean => {
    if (owner.kind === "account") return ownsAccount(person, owner.login);
    if (owner.org.toLowerCase() !== repository.owner.toLowerCase()) return false;
    return teamsOf(governance, teams, person.name).has(owner.slug);
  };
  return governance.people
    .filter((person) => owners.some((owner) => names(person, owner)))
    .map(({ name }) => name);
}

function holds(
  person: Governance["people"][number],
  owner: Owner,
  { teams, repository }: Snapshot,
): boolean {
  if (owner.kind === "account") {
    return ownsAccount(person, owner.login);
  }
  if (owner.org.toLowerCase() !== repository.owner.toLowerCase()) return false;
  if (!person.teams.includes(owner.slug)) return false;
  const onForge = teams.find(({ slug }) => slug === owner.slug);
  if (onForge === undefined) return false;
  if (onForge.members === null) return true;
  return onForge.members.some(({ id }) => person.accounts.some((account) => account.id === id));
}
