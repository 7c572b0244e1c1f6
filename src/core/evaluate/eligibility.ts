import type { Governance } from "../model/governance.ts";
import type { ApprovingRole } from "../model/names.ts";
import type { ApprovalSteps, Step } from "./approval-steps.ts";
import type { Case } from "./case.ts";
import { teamsOf } from "./people.ts";
import type { RequesterSet } from "./requester-set.ts";
import { roleDeniers, roleHolders } from "./role-holders.ts";
import { gainsPower } from "./self-gain.ts";

/** Who could fill which step, and why somebody who holds the role could not. */
export interface Eligibility {
  /** Holds a role of one of the steps, before every exclusion. */
  holdsStepRole(person: string): boolean;
  /** Their CHANGES_REQUESTED is a denial: they hold an approving role for one of the paths, if only in part. */
  mayDeny(person: string): boolean;
  /** The steps that this person may fill, after every exclusion. */
  rolesOf(person: string): readonly ApprovingRole[];
  /** Everybody who could fill a step, sorted. */
  eligible(role: ApprovingRole): readonly string[];
  /** A sentence for a holder who may fill none. */
  whyNot(person: string): string;
}

const approvingRoles: readonly ApprovingRole[] = [
  "approver",
  "control",
  "break-glass",
  "policy-admin",
];

/**
 * Computes who may fill which step: holders of the role for every path, less the requester set, less
 * those who are not independent (P4; NIST SP 800-53 AC-5): of the requesting team and of the granting team for `control` and
 * wherever a policy says so. A change of governance is not approved by whoever gains by it.
 */
export function eligibility(
  given: Case,
  governance: Governance,
  steps: ApprovalSteps,
  requesters: RequesterSet,
): Eligibility {
  const deniers = new Set(
    steps.paths.flatMap((path) =>
      approvingRoles.flatMap((role) => roleDeniers(governance, given.snapshot, role, path)),
    ),
  );
  const conflicted = conflictedPeople(given, governance, steps, requesters);
  const reasonAgainst = (person: string, step: Step): string | null => {
    if (requesters.people.has(person)) return `${person} is in the requester set.`;
    for (const team of step.notFrom) {
      const reason = conflicted[team].get(person);
      if (reason !== undefined) return reason;
    }
    return given.pull.kind === "policy" ? gainsPower(given, governance, person) : null;
  };
  /** Every holder of every step's role, with what keeps them from filling it. */
  const held = [...steps.steps].flatMap(([role, step]) =>
    holdersOfAll(given, governance, steps.paths, role).map((person) => ({
      role,
      person,
      against: reasonAgainst(person, step),
    })),
  );
  return {
    holdsStepRole: (person) => held.some((one) => one.person === person),
    mayDeny: (person) => deniers.has(person),
    rolesOf: (person) =>
      held.flatMap((one) => (one.person === person && one.against === null ? [one.role] : [])),
    eligible: (role) =>
      held.flatMap((one) => (one.role === role && one.against === null ? [one.person] : [])),
    whyNot: (person) =>
      held
        .flatMap((one) =>
          one.person === person && one.against !== null
            ? [`Not as ${one.role}: ${one.against}`]
            : [],
        )
        .join(" "),
  };
}

function holdersOfAll(
  given: Case,
  governance: Governance,
  paths: readonly string[],
  role: ApprovingRole,
): readonly string[] {
  const holders = paths.map((path) => new Set(roleHolders(governance, given.snapshot, role, path)));
  return governance.people
    .map(({ name }) => name)
    .filter((person) => holders.length > 0 && holders.every((names) => names.has(person)))
    .sort();
}

type Conflicted = Readonly<
  Record<"requesting-team" | "granting-team", ReadonlyMap<string, string>>
>;

/** Who is not independent, and of what. The owners of gate and executor count as a granting team. */
function conflictedPeople(
  { snapshot }: Case,
  governance: Governance,
  { owningTeam }: ApprovalSteps,
  requesters: RequesterSet,
): Conflicted {
  const requestingTeams = new Set(
    [...requesters.people.keys()].flatMap((person) => [
      ...teamsOf(governance, snapshot.teams, person),
    ]),
  );
  const operators = new Set(
    governance.machines
      .filter(({ kind }) => kind === "gate" || kind === "executor")
      .map(({ owner }) => owner),
  );
  const requesting = new Map<string, string>();
  const granting = new Map<string, string>();
  for (const { name } of governance.people) {
    const teams = teamsOf(governance, snapshot.teams, name);
    const shared = [...teams].find((team) => requestingTeams.has(team));
    if (shared !== undefined) requesting.set(name, `${name} is in the requesting team ${shared}.`);
    if (owningTeam !== null && teams.has(owningTeam)) {
      granting.set(name, `${name} is in the granting team ${owningTeam}.`);
    } else if (operators.has(name)) {
      granting.set(name, `${name} owns the gate or the executor.`);
    }
  }
  return { "requesting-team": requesting, "granting-team": granting };
}
