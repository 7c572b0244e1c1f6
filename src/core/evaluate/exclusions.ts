import type { NamedPerson } from "../model/command.ts";
import type { Exclusion, ExclusionGround } from "../model/fingerprint.ts";
import type { Governance } from "../model/governance.ts";
import type { ApprovalSteps } from "./approval-steps.ts";
import type { Case } from "./case.ts";
import { unansweredPulls } from "./linked-pulls.ts";
import { teamsOf } from "./memberships.ts";
import { accountIdsOf, operatorsOf, personWithId } from "./people.ts";
import type { RequesterSet } from "./requester-set.ts";

/** Who is kept from approving, and why. */
export interface Exclusions {
  /** Everybody, also those of earlier decisions: what this decision hands on. Sorted by person and ground. */
  readonly all: readonly Exclusion[];
  /** Why a person is excluded on a ground; `null` when they are not. */
  reason(person: string, from: ExclusionGround): string | null;
}

/**
 * Computes who is excluded: the requester set, its teams and the granting team of now, and everybody whom an earlier
 * decision on this or an unanswered linked PR excluded (design.md §4 rule 0: exclusion once is for good). Somebody
 * excluded earlier is found by name and by the accounts they had, so that renaming them in people.yaml frees nobody.
 * Of the teams' members only `candidates` are kept: nobody else could count.
 */
export function exclusions(
  given: Case,
  governance: Governance,
  { steps, requesters, candidates }: ExclusionContext,
): Exclusions {
  const earlier = [
    ...given.snapshot.ledger.remembered.excluded,
    ...unansweredPulls(given).flatMap(({ remembered }) => remembered.excluded),
  ];
  const present = [
    ...requesterExclusions(governance, requesters),
    ...rerouterExclusions(given, governance),
    ...teamExclusions(given, governance, {
      steps,
      candidates,
      asked: everAsked(requesters, earlier),
    }),
  ];
  const byKey = new Map<string, Exclusion>();
  for (const exclusion of [...earlier, ...present]) {
    const key = keyOf(exclusion.person, exclusion.from);
    if (!byKey.has(key)) byKey.set(key, exclusion);
  }
  const reasons = reasonsByPerson(governance, earlier, present);
  return {
    all: [...byKey.values()].sort(byPersonAndGround),
    reason: (person, from) => reasons.get(keyOf(person, from)) ?? null,
  };
}

function keyOf(person: string, from: ExclusionGround): string {
  return `${person} ${from}`;
}

function byPersonAndGround(a: Exclusion, b: Exclusion): number {
  if (a.person !== b.person) return a.person < b.person ? -1 : 1;
  return a.from < b.from ? -1 : 1;
}

export interface ExclusionContext {
  readonly steps: ApprovalSteps;
  readonly requesters: RequesterSet;
  readonly candidates: ReadonlySet<string>;
}

/** What is so now is said first: it explains itself. */
function reasonsByPerson(
  governance: Governance,
  earlier: readonly Exclusion[],
  present: readonly Exclusion[],
): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  for (const { person, from, reason } of present) reasons.set(keyOf(person, from), reason);
  for (const { person, accounts, from, reason } of earlier) {
    const names = new Set([
      person,
      ...accounts.flatMap((id) => personWithId(governance, id) ?? []),
    ]);
    for (const name of names) {
      const key = keyOf(name, from);
      if (!reasons.has(key)) {
        reasons.set(
          key,
          `When this was decided on earlier: ${reason} Who was excluded once stays so.`,
        );
      }
    }
  }
  return reasons;
}

function requesterExclusions(
  governance: Governance,
  { people }: RequesterSet,
): readonly Exclusion[] {
  return [...people].map(([person, why]) =>
    exclude(governance, person, "requester", `${person} ${shortened(why)}.`),
  );
}

/** Whoever rerouted this fingerprint or confirmed a reroute approves none of it (P2); their teams are no part of it. */
function rerouterExclusions(given: Case, governance: Governance): readonly Exclusion[] {
  return given.snapshot.ledger.reroutes.flatMap(({ reroute, confirmed }) => [
    ...namesOf(governance, reroute.by).map((person) =>
      exclude(governance, person, "rerouter", `${person} rerouted it.`),
    ),
    ...(confirmed === null ? [] : namesOf(governance, confirmed.by)).map((person) =>
      exclude(governance, person, "rerouter", `${person} confirmed a reroute of it.`),
    ),
  ]);
}

/** Who somebody is now: by their accounts, and by the name they had. */
function namesOf(governance: Governance, { person, accounts }: NamedPerson): readonly string[] {
  const now = accounts.flatMap((id) => personWithId(governance, id) ?? []);
  return [...new Set([person, ...now])];
}

/**
 * Says whether a person has or ever had a part in what is asked for: in the requester set now or by an earlier decision here
 * or on an unanswered linked PR, or as who rerouted it. They neither reroute nor cancel it.
 */
export function hadAPart(
  given: Case,
  governance: Governance,
  { person, requesters }: { readonly person: string; readonly requesters: RequesterSet },
): boolean {
  if (requesters.people.has(person)) return true;
  const earlier = [
    ...given.snapshot.ledger.remembered.excluded,
    ...unansweredPulls(given).flatMap(({ remembered }) => remembered.excluded),
    ...rerouterExclusions(given, governance),
  ];
  const own = accountIdsOf(governance, person);
  return earlier.some(
    ({ person: name, accounts, from }) =>
      (from === "requester" || from === "rerouter") &&
      (name === person || accounts.some((id) => own.includes(id))),
  );
}

/** A person can be in the requester set for many commits: three reasons are enough. */
function shortened(reasons: readonly string[]): string {
  if (reasons.length <= 3) return reasons.join(" and ");
  return `${reasons.slice(0, 3).join(", ")} and more`;
}

/** Who was ever in the requester set: whoever joins their team later is no more independent than before. */
function everAsked({ people }: RequesterSet, earlier: readonly Exclusion[]): readonly string[] {
  const before = earlier.flatMap(({ person, from }) => (from === "requester" ? [person] : []));
  return [...people.keys(), ...before];
}

interface TeamContext {
  readonly steps: ApprovalSteps;
  readonly candidates: ReadonlySet<string>;
  readonly asked: readonly string[];
}

/** Who is not independent, and of what. The owners of gate and executor count as a granting team. */
function teamExclusions(
  { snapshot }: Case,
  governance: Governance,
  { steps: { owningTeam }, asked, candidates }: TeamContext,
): readonly Exclusion[] {
  const requestingTeams = new Set(
    asked.flatMap((person) => [...teamsOf(governance, snapshot.teams, person)]),
  );
  const operators = operatorsOf(governance);
  return [...candidates].flatMap((person) => {
    const found: Exclusion[] = [];
    const teams = teamsOf(governance, snapshot.teams, person);
    const shared = [...teams].find((team) => requestingTeams.has(team));
    if (shared !== undefined) {
      const reason = `${person} is in the requesting team ${shared}.`;
      found.push(exclude(governance, person, "requesting-team", reason));
    }
    if (owningTeam !== null && teams.has(owningTeam)) {
      const reason = `${person} is in the granting team ${owningTeam}.`;
      found.push(exclude(governance, person, "granting-team", reason));
    } else if (operators.has(person)) {
      const reason = `${person} owns the gate or the executor.`;
      found.push(exclude(governance, person, "granting-team", reason));
    }
    return found;
  });
}

function exclude(
  governance: Governance,
  person: string,
  from: ExclusionGround,
  reason: string,
): Exclusion {
  return { person, accounts: accountIdsOf(governance, person), from, reason };
}
