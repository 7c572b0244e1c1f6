import type { ApprovingRole } from "../model/names.ts";

/** One approval that is still looking for a step. */
export interface Candidate {
  readonly person: string;
  readonly roles: readonly ApprovingRole[];
}

interface Slot {
  readonly role: ApprovingRole;
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
  const slots: readonly Slot[] = [...steps].flatMap(([role, count]) =>
    Array.from({ length: count }, () => ({ role })),
  );
  const people = distinctPeople(candidates);
  const personOfSlot = new Map<Slot, Candidate>();

  const fill = (slot: Slot, tried: Set<string>): boolean => {
    for (const candidate of people) {
      if (!candidate.roles.includes(slot.role) || tried.has(candidate.person)) continue;
      tried.add(candidate.person);
      const held = slots.find((one) => personOfSlot.get(one)?.person === candidate.person);
      if (held === undefined || fill(held, tried)) {
        personOfSlot.set(slot, candidate);
        return true;
      }
    }
    return false;
  };
  for (const slot of slots) fill(slot, new Set());
  return new Map([...personOfSlot].map(([{ role }, { person }]) => [person, role]));
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
