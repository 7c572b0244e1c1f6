import type { CountedApproval } from "../model/decision.ts";
import type { Finding } from "../model/finding.ts";
import type { ApprovingRole } from "../model/names.ts";
import { durationWords } from "../parse/duration-words.ts";
import type { ApprovalCase } from "./approval-case.ts";
import type { Step } from "./approval-steps.ts";
import type { Case } from "./case.ts";
import type { Limits } from "./limits.ts";
import { personNamed } from "./people.ts";
import { roleHolders } from "./role-holders.ts";
import { waitingSince } from "./waiting-since.ts";

/** A request that will not get its approvals by waiting. */
export interface Stall {
  /** Sentences. */
  readonly reasons: readonly string[];
  /** Who may reroute it, sorted. */
  readonly rescuers: readonly string[];
}

/**
 * Tells why an open request is stalled, or `null`: it waits for longer than its policies' `stalledAfter`, or too few people
 * are left who could fill a step. The latter is said at once and names who is gone, so that nobody waits for the timeout.
 */
export function stallOf(
  context: ApprovalCase,
  approvals: readonly CountedApproval[],
): Stall | null {
  const { given, governance, steps } = context;
  const { pull } = given.snapshot;
  if (given.request === null || pull.state !== "open" || pull.draft) return null;
  // An emergency has its own way on: the next step of the chain.
  if (given.request.emergency !== null) return null;
  const open = [...steps.steps].filter(
    ([role, { count }]) => approvals.filter((one) => one.role === role).length < count,
  );
  if (open.length === 0) return null;
  const reasons = [
    ...waitingTooLong(given, given.request.limits),
    ...open.flatMap((step) => missingPeople(context, approvals, step)),
  ];
  if (reasons.length === 0) return null;
  const [path = ""] = steps.paths;
  const rescuers = roleHolders(governance, given.snapshot, "rescue", path).filter(
    (person) =>
      context.exclusions.reason(person, "requester") === null &&
      personNamed(governance, person)?.status !== "suspended",
  );
  return { reasons, rescuers };
}

/** Says it on the check; a stall never blocks by itself. */
export function stallFinding({ reasons, rescuers }: Stall): Finding {
  const who =
    rescuers.length === 0
      ? "Nobody may reroute it: ask the policy administrators to name somebody for [rescue]."
      : `It may be rerouted by ${rescuers.join(", ")}.`;
  return {
    rule: "stalled",
    code: "SOD-STALLED",
    outcome: "satisfied",
    reason: `It is stalled: ${reasons.join(" ")} ${who}`,
    facts: rescuers.map((person) => `person:${person}`),
  };
}

function waitingTooLong(
  { snapshot, now }: Case,
  { stalledAfterSeconds: seconds }: Limits,
): readonly string[] {
  if (!((now.getTime() - waitingSince(snapshot.pull)) / 1000 >= seconds)) return [];
  return [`It has waited for longer than ${durationWords(seconds)}.`];
}

function missingPeople(
  { given, governance, steps, route, eligibility }: ApprovalCase,
  approvals: readonly CountedApproval[],
  [role, { count }]: readonly [ApprovingRole, Step],
): readonly string[] {
  const filled = approvals.filter((one) => one.role === role).length;
  const busy = new Set(approvals.map(({ person }) => person));
  const free = eligibility.eligible(role).filter((person) => !busy.has(person));
  if (free.length >= count - filled) return [];
  const [path = ""] = steps.paths;
  const holders = roleHolders(governance, given.snapshot, role, path);
  const then = route.filter((step) => step.role === role).flatMap(({ people }) => people);
  const gone = then.flatMap((person) => {
    const known = personNamed(governance, person);
    if (known === null) return [`${person} is no longer in people.yaml.`];
    if (known.status === "suspended") return [`${person} is suspended.`];
    return holders.includes(person) ? [] : [`${person} no longer holds the role ${role}.`];
  });
  const left = free.length === 0 ? "nobody" : `only ${free.join(", ")}`;
  return [`For ${role} ${left} is left.`, ...gone];
}
