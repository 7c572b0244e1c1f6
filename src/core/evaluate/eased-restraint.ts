import type { Governance } from "../model/governance.ts";
import type { ApprovingRole } from "../model/names.ts";
import type { TeamFacts } from "../model/snapshot.ts";
import { policiesFor } from "../parse/applicable-policies.ts";
import { accessSteps } from "./approval-steps.ts";
import type { Step } from "./approval-steps.ts";
import { teamsOf } from "./memberships.ts";
import { roleLines } from "./role-lines.ts";

/** Governance before and after a change, with membership as the forge shows it. */
export interface GovernanceChange {
  readonly before: Governance;
  readonly after: Governance;
  readonly teams: readonly TeamFacts[];
}

/**
 * Says which restraint on a person a change of governance takes away, or `null` when none is: who was kept from
 * approving as a colleague or as one of the granting team, or needed somebody beside them, gains as much as one who is given a
 * role (design.md §1).
 */
export function easedRestraint(change: GovernanceChange, person: string): string | null {
  return leftColleague(change, person) ?? leftTarget(change, person) ?? easedSteps(change, person);
}

function leftColleague({ before, after, teams }: GovernanceChange, person: string): string | null {
  const shares = (governance: Governance, other: string): boolean => {
    const own = teamsOf(governance, teams, person);
    return [...teamsOf(governance, teams, other)].some((team) => own.has(team));
  };
  const left = after.people.find(
    ({ name }) => name !== person && shares(before, name) && !shares(after, name),
  );
  return left === undefined ? null : `${left.name} would be in no team of ${person} any more.`;
}

function leftTarget({ before, after, teams }: GovernanceChange, person: string): string | null {
  const own = teamsOf(before, teams, person);
  const left = after.targets.find(({ metadata, spec }) => {
    const old = before.targets.find((known) => known.metadata.name === metadata.name);
    return old !== undefined && own.has(old.spec.owningTeam) && !own.has(spec.owningTeam);
  });
  return left === undefined
    ? null
    : `${left.metadata.name} would be taken from the owning team of ${person}.`;
}

function easedSteps({ before, after }: GovernanceChange, person: string): string | null {
  for (const { metadata, spec } of after.targets) {
    for (const { name } of spec.entitlements) {
      const old = stepsFor(before, metadata.name, name);
      const young = stepsFor(after, metadata.name, name);
      const held = [...young].filter(([role]) =>
        roleLines(after, person, role).some(({ names }) => names),
      );
      if (held.some(([role, { notFrom }]) => eases(old, young, { role, notFrom }))) {
        return `${name} at ${metadata.name} would need less beside the approval of ${person}.`;
      }
    }
  }
  return null;
}

type Steps = ReadonlyMap<ApprovingRole, Step>;
type HeldStep = Pick<Step, "notFrom"> & { readonly role: ApprovingRole };

/** A step is gone or smaller, or keeps fewer people from the role itself. */
function eases(old: Steps, young: Steps, { role, notFrom }: HeldStep): boolean {
  const fewer = [...old].some(([step, { count }]) => (young.get(step)?.count ?? 0) < count);
  return fewer || [...(old.get(role)?.notFrom ?? [])].some((team) => !notFrom.has(team));
}

function stepsFor(governance: Governance, target: string, entitlement: string): Steps {
  const tier = governance.targets
    .find(({ metadata }) => metadata.name === target)
    ?.spec.entitlements.find(({ name }) => name === entitlement)?.tier;
  if (tier === undefined) return new Map();
  return accessSteps(policiesFor(governance, { kind: "AccessRequest", target, tier }));
}
