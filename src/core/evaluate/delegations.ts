import type { Delegation, Governance } from "../model/governance.ts";
import type { ApprovingRole } from "../model/names.ts";
import { epochMs } from "../parse/epoch-ms.ts";
import type { Case } from "./case.ts";

/** A role that somebody acts in for somebody else. */
export interface ActsFor {
  readonly from: string;
  readonly since: string;
  readonly until: string;
}

/** Lists the hand-overs of a role that are in force now, by their dates alone (half-open). */
export function delegationsOf(
  { now }: Pick<Case, "now">,
  { delegations }: Governance,
  role: ApprovingRole,
): readonly Delegation[] {
  // Hardly any governance has one, and every step of a decision asks.
  if (delegations.length === 0) return delegations;
  return delegations.filter(
    (one) =>
      one.role === role &&
      now.getTime() >= epochMs(one.since) &&
      now.getTime() < epochMs(one.until),
  );
}

/**
 * Adds to the holders of a role those to whom one of them handed it over. Only who holds a role by ROLES can hand it over, so
 * that there are no chains (P8).
 */
export function withDelegates(
  given: Pick<Case, "now">,
  governance: Governance,
  { role, holders }: { readonly role: ApprovingRole; readonly holders: readonly string[] },
): readonly string[] {
  const handed = delegationsOf(given, governance, role).filter(({ from }) =>
    holders.includes(from),
  );
  if (handed.length === 0) return holders;
  return [...new Set([...holders, ...handed.map(({ to }) => to)])].sort();
}

/** An approval that is looking for a step, by whom it may fill which. */
interface Candidate {
  readonly person: string;
  readonly roles: readonly ApprovingRole[];
}

/**
 * Lets every power count once, in whatever role: where somebody and who acts for them both approve, or two who act for the same
 * person, only one of them fills a step, whoever holds it by ROLES before everybody else (rule 3: distinct people).
 */
export function onePowerOnce<C extends Candidate>(
  candidates: readonly C[],
  eligibility: { actsFor(person: string, role: ApprovingRole): ActsFor | null },
): readonly C[] {
  const spent = new Map<string, string>();
  const powerOf = (person: string, role: ApprovingRole): string =>
    eligibility.actsFor(person, role)?.from ?? person;
  const byRight = (one: C): number =>
    one.roles.some((role) => eligibility.actsFor(one.person, role) !== null) ? 1 : 0;
  const inOrder = [...candidates].sort(
    (a, b) => byRight(a) - byRight(b) || (a.person < b.person ? -1 : 1),
  );
  for (const { person, roles } of inOrder) {
    for (const role of roles) {
      const power = powerOf(person, role);
      if (!spent.has(power)) spent.set(power, person);
    }
  }
  return candidates.map((one) => ({
    ...one,
    roles: one.roles.filter((role) => spent.get(powerOf(one.person, role)) === one.person),
  }));
}
