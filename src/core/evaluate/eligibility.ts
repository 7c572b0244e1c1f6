import type { Reroute } from "../model/command.ts";
import type { Route } from "../model/fingerprint.ts";
import type { Governance } from "../model/governance.ts";
import type { ApprovingRole } from "../model/names.ts";
import { approvingRoles } from "../model/names.ts";
import type { Holding } from "../model/snapshot.ts";
import type { ApprovalSteps, Step } from "./approval-steps.ts";
import { epochMs } from "../parse/epoch-ms.ts";
import { entitlementClosure } from "../parse/entitlement-closure.ts";
import type { Case, OpenRequest } from "./case.ts";
import { chainSteps, stepOfPerson } from "./emergency/chain.ts";
import type { ChainStep } from "./emergency/chain.ts";
import type { Exclusions } from "./exclusions.ts";
import { delegationsOf, withDelegates } from "./delegations.ts";
import type { ActsFor } from "./delegations.ts";
import { rosterMemory } from "./memberships.ts";
import { personNamed } from "./people.ts";
import { roleHoldersByEither } from "./role-holders.ts";
import { openingOf } from "./linked-pulls.ts";
import { isPerson, reroutesInForce } from "./reroutes.ts";
import { holdersOfAll, isOnRoute } from "./route.ts";
import { gainsPower } from "./self-gain.ts";

/** Who could fill which step, and why somebody who holds the role could not. */
export interface Eligibility {
  /** Holds a role of one of the steps, before every exclusion. */
  holdsStepRole(person: string): boolean;
  /** Their CHANGES_REQUESTED is a denial: they hold an approving role for one of the paths, if only in part, or are on the route. */
  mayDeny(person: string): boolean;
  /** The steps that this person may fill, after every exclusion. */
  rolesOf(person: string): readonly ApprovingRole[];
  /** Whom somebody acts for in a role that was handed over to them; `null` for who holds it, or stands in by a reroute. */
  actsFor(person: string, role: ApprovingRole): ActsFor | null;
  /** Everybody who could fill a step now, sorted. */
  eligible(role: ApprovingRole): readonly string[];
  /** A sentence for a holder who may fill none. */
  whyNot(person: string): string;
}

export interface EligibilityContext {
  readonly given: Case;
  readonly governance: Governance;
  readonly steps: ApprovalSteps;
  readonly route: Route;
  /** Holders of each step's role, by `stepHolders`. */
  readonly holders: StepHolders;
  readonly exclusions: Exclusions;
}

export type StepHolders = ReadonlyMap<ApprovingRole, readonly string[]>;

/** Names who holds the role of each step for every path, before every exclusion. */
export function stepHolders(
  given: Case,
  governance: Governance,
  { steps, paths }: ApprovalSteps,
): StepHolders {
  const reroutes = reroutesInForce(given);
  return new Map(
    [...steps.keys()].map((role) => {
      const direct = holdersOfAll(given, governance, role, paths);
      const holders = withDelegates(given, governance, { role, holders: direct });
      if (reroutes.length === 0) return [role, holders];
      const standIns = substitutes(given, governance, { role, paths, reroutes });
      return [role, [...new Set([...holders, ...standIns])].sort()];
    }),
  );
}

/** Whom a reroute in force lets stand in, as long as they are listed as substitutes of the role. */
function substitutes(
  given: Case,
  governance: Governance,
  {
    role,
    paths,
    reroutes,
  }: { role: ApprovingRole; paths: readonly string[]; reroutes: readonly Reroute[] },
): readonly string[] {
  const own = reroutes.filter((reroute) => reroute.role === role);
  return own.flatMap((reroute) =>
    holdersOfAll(given, governance, `${reroute.role}.substitute`, paths).filter((person) =>
      isPerson(governance, person, reroute.to),
    ),
  );
}

/**
 * Computes who may fill which step: holders of the role for every path now who are on the route, less those who are
 * excluded (P4; NIST SP 800-53 AC-5): the requester set from every step, requesting and granting team where a step is not for
 * them, who may reroute or cancel here (P2), who holds the access already, who is suspended. A change of governance is
 * not approved by whoever gains by it.
 */
export function eligibility(context: EligibilityContext): Eligibility {
  const { steps, holders } = context;
  const powerless = otherPowers(context);
  const reroutes = reroutesInForce(context.given);
  const { now } = context.given;
  const chain = chainSteps(context.given, context.governance);
  const held = [...steps.steps].flatMap(([role, step]) =>
    (holders.get(role) ?? []).map((person) => ({
      role,
      person,
      against: reasonAgainst(context, { powerless, reroutes }, { person, role, step }),
    })),
  );
  return {
    holdsStepRole: (person) => held.some((one) => one.person === person),
    actsFor: (person, role) => actsFor(context, person, role),
    mayDeny: (person) => held.some((one) => one.person === person) || mayDeny(context, person),
    rolesOf: (person) =>
      held.flatMap((one) => (one.person === person && one.against === null ? [one.role] : [])),
    eligible: (role) =>
      held.flatMap((one) =>
        one.role === role && one.against === null && isOpen(chain, one.person, now)
          ? [one.person]
          : [],
      ),
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

interface Standing {
  /** Person → why a power of theirs excludes a vote. */
  readonly powerless: ReadonlyMap<string, string>;
  readonly reroutes: readonly Reroute[];
}

/**
 * Whom somebody acts for: who handed the role over and could fill the step by themselves. Of several the one whose hand-over
 * lasts longest; sorted by name where they last as long.
 */
function actsFor(context: EligibilityContext, person: string, role: ApprovingRole): ActsFor | null {
  const able = (delegators(context, person, role) ?? []).filter(({ against }) => against === null);
  const [first] = able.sort(
    (a, b) => epochMs(b.until) - epochMs(a.until) || (a.from < b.from ? -1 : 1),
  );
  return first ?? null;
}

interface Delegator extends ActsFor {
  /** Why they could not fill the step by themselves. */
  readonly against: string | null;
}

/** Who handed a role over to somebody, before it was asked for; `null` for who holds it by ROLES, or stands in by a reroute. */
function delegators(
  context: EligibilityContext,
  person: string,
  role: ApprovingRole,
): Delegator[] | null {
  const { given, governance, steps } = context;
  const own = delegationsOf(given, governance, role).filter(({ to }) => to === person);
  const step = steps.steps.get(role);
  if (own.length === 0 || step === undefined) return null;
  const direct = holdersOfAll(given, governance, role, steps.paths);
  const reroutes = reroutesInForce(given);
  const standsIn = reroutes.some(
    (one) =>
      one.role === role &&
      isPerson(governance, person, one.to) &&
      holdersOfAll(given, governance, `${one.role}.substitute`, steps.paths).includes(person),
  );
  if (direct.includes(person) || standsIn) return null;
  const asked = openingOf(given)?.at ?? given.now.toISOString();
  const standing = { powerless: otherPowers(context), reroutes };
  return (
    own
      // Power must hold throughout: what was handed over later is nothing to what was asked for before (rule 0).
      .filter(({ from, since }) => direct.includes(from) && epochMs(since) <= epochMs(asked))
      .map(({ from, since, until }) => ({
        ...{ from, since, until },
        against: reasonAgainst(context, standing, { person: from, role, step }),
      }))
  );
}

interface Seat {
  readonly person: string;
  readonly role: ApprovingRole;
  readonly step: Step;
}

function reasonAgainst(
  context: EligibilityContext,
  { powerless, reroutes }: Standing,
  { person, role, step }: Seat,
): string | null {
  const { given, governance, route, exclusions } = context;
  const asParty = exclusions.reason(person, "requester") ?? exclusions.reason(person, "rerouter");
  if (asParty !== null) return asParty;
  if (personNamed(governance, person)?.status === "suspended") {
    return `${person} is suspended in people.yaml.`;
  }
  const own = reroutes.filter((reroute) => reroute.role === role);
  const replacedBy = own.find(({ from }) => isPerson(governance, person, from));
  if (replacedBy !== undefined) {
    return `${person} is replaced by ${replacedBy.to.person} until ${replacedBy.until}.`;
  }
  const standsIn = own.some(({ to }) => isPerson(governance, person, to));
  const wasThere = route.some((one) => one.role === role && isOnRoute(one, governance, person));
  if (!wasThere && !standsIn) {
    return `${person} did not hold the role ${role} when this was first asked for.`;
  }
  const handed = delegators(context, person, role);
  const idle = handed === null ? null : whyIdle(handed, person, role);
  if (idle !== null) return idle;
  const power = powerless.get(person);
  if (power !== undefined) return power;
  for (const team of step.notFrom) {
    const reason = exclusions.reason(person, team);
    if (reason !== null) return reason;
  }
  return given.pull.kind === "policy" ? gainsPower(given, governance, person) : null;
}

/** Why somebody acts for nobody of those who handed a role over to them; `null` when for one of them. */
function whyIdle(handed: readonly Delegator[], person: string, role: ApprovingRole): string | null {
  const reasons = handed.flatMap(({ from, against }) =>
    against === null ? [] : [`${person} acts for ${from}, who could not approve it: ${against}`],
  );
  if (reasons.length < handed.length) return null;
  return (
    reasons[0] ?? `The role ${role} was handed over to ${person} after this was first asked for.`
  );
}

/** A later step of the fallback chain can be filled from its time on; what was approved earlier is void by itself. */
function isOpen(chain: readonly ChainStep[], person: string, now: Date): boolean {
  const step = stepOfPerson(chain, person);
  return step === null || now.getTime() >= step.opensAt;
}

/** Who reroutes or cancels on a path has no vote there (P2), nor has who already holds the access that is asked for. */
function otherPowers(context: EligibilityContext): ReadonlyMap<string, string> {
  const { given, governance } = context;
  const { request, snapshot } = given;
  if (request === null) return new Map();
  const reroutersAndCancellers = powerHolders(context);
  const held = members(request, governance, snapshot.ledger.holdings);
  if (held.length === 0) return reroutersAndCancellers;
  return new Map([
    ...reroutersAndCancellers,
    ...held.map(({ person, entitlement }): readonly [string, string] => [
      person,
      `${person} holds ${entitlement} here already, so is no independent approver of it.`,
    ]),
  ]);
}

function powerHolders({
  given: { snapshot },
  governance,
  steps,
}: EligibilityContext): ReadonlyMap<string, string> {
  const question = [snapshot.repository.owner, ...steps.paths].join(" ");
  return powers(governance, snapshot.teams, question, () => {
    const reasons = new Map<string, string>();
    for (const role of ["rescue", "cancel"] as const) {
      for (const path of steps.paths) {
        for (const person of roleHoldersByEither(governance, snapshot, role, path)) {
          reasons.set(person, `${person} holds the role ${role} here, which excludes a vote.`);
        }
      }
    }
    return reasons;
  });
}

const powers = rosterMemory<ReadonlyMap<string, string>>();

/** Who holds what is asked for, by itself or in something larger. */
function members(
  { fingerprint: { target, entitlement } }: OpenRequest,
  { targets }: Governance,
  holdings: readonly Holding[],
): readonly Holding[] {
  return holdings.filter(
    (holding) =>
      (holding.as === "grant" || holding.as === "target") &&
      holding.target === target &&
      entitlementClosure(targets, target, holding.entitlement).includes(entitlement),
  );
}

function mayDeny({ given, governance, steps, route }: EligibilityContext, person: string): boolean {
  if (route.some((step) => isOnRoute(step, governance, person))) return true;
  if (reroutesInForce(given).some(({ to }) => isPerson(governance, person, to))) return true;
  return steps.paths.some((path) =>
    approvingRoles.some((role) =>
      roleHoldersByEither(governance, given.snapshot, role, path).includes(person),
    ),
  );
}
