import type { ApprovingRole } from "../model/names.ts";

/** One approval that is still looking for a step. */
export interface Candidate {
  readonly person: string;
  readonly roles: readonly ApprovingRole[];
}

/**
 * Assigns distinct people to distinct steps so that as many steps as possible are filled (maximum
 * bipartite matching by augmenting paths). The order of reviews never matters: it changes neither how
 * many steps are filled nor which, because both sides are sorted first. Implements dynamic separation of
 * duties (P1, INCITS 359 DSD): one person fills one step, whatever roles they hold.
 */
export function matchSteps(
  steps: ReadonlyMap<ApprovingRole, number>,
  candidates: readonly Candidate[],
): ReadonlyMap<string, ApprovingRole> {
  const slots = [...steps].flatMap(([role, count]) => Array.from({ length: count }, () => role));
  const people = distinctPeople(candidates);
  const personOfSlot = new Map<number, Candidate>();

  const fill = (slot: number, tried: Set<string>): boolean => {
    for (const candidate of people) {
      const role = slots[slot];
      if (role === undefined || !candidate.roles.includes(role) || tried.has(candidate.person)) {
        continue;
      }
      tried.add(candidate.person);
      const held = slots.findIndex((_, at) => personOfSlot.get(at)?.person === candidate.person);
      if (held === -1 || fill(held, tried)) {
        personOfSlot.set(slot, candidate);
        return true;
      }
    }
    return false;
  };
  slots.forEach((_, slot) => fill(slot, new Set()));

  const roleOfPerson = new Map<string, ApprovingRole>();
  for (const [slot, { person }] of personOfSlot) {
    const role = slots[slot];
    if (role !== undefined) roleOfPerson.set(person, role);
  }
  return roleOfPerson;
}

/** One candidate a person with the union of their roles, sorted by name: doubling changes nothing. */
function distinctPeople(candidates: readonly Candidate[]): readonly Candidate[] {
  const roles = new Map<string, Set<ApprovingRole>>();
  for (const candidate of candidates) {
    const known = roles.get(candidate.person) ?? new Set();
    candidate.roles.forEach((role) => known.add(role));
    roles.set(candidate.person, known);
  }
  return [...roles]
    .map(([person, held]) => ({ person, roles: [...held] }))
    .sort((a, b) => (a.person < b.person ? -1 : 1));
}
