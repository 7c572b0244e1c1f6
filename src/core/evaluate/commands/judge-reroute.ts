import type { CommandOutcome, NamedPerson, Reroute, RerouteCommand } from "../../model/command.ts";
import type { Decision } from "../../model/decision.ts";
import type { AccessPolicy, Governance } from "../../model/governance.ts";
import { durationSeconds } from "../../parse/duration.ts";
import { durationWords } from "../../parse/duration-words.ts";
import { epochMs } from "../../parse/epoch-ms.ts";
import { openApprovals } from "../approval-case.ts";
import type { ApprovalCase } from "../approval-case.ts";
import type { OpenRequest } from "../case.ts";
import { accountIdsOf, personWithLogin } from "../people.ts";
import { hadAPart } from "../exclusions.ts";
import { isPerson } from "../reroutes.ts";
import { roleHolders } from "../role-holders.ts";
import { holdersOfAll, isOnRoute } from "../route.ts";
import type { CommandCase } from "./command-case.ts";
import { refuse } from "./refuse.ts";

export interface RerouteContext {
  readonly approvals: ApprovalCase;
  /** The decision of now: a reroute is for what is stalled and not denied. */
  readonly decision: Decision;
}

/**
 * Judges a reroute (design.md §4, commands; I5 to I8): by a holder of `rescue` without a part in the request, of a stalled and
 * undenied one, for a reason and by a policy that allow it, one person for another of the same role who could then approve,
 * for a time, once a fingerprint and window. It changes who, never how many or which role. Privileged tiers need a second
 * person's agreement.
 */
export function judgeReroute(
  context: CommandCase,
  command: RerouteCommand,
  { approvals, decision }: RerouteContext,
): CommandOutcome {
  const { given, governance } = context;
  const { request, snapshot } = given;
  if (request === null) return refuse("CMD-NO-REQUEST", "Only a request for access is rerouted.");
  const against =
    rescuerProblem(context, approvals) ??
    stateProblem(decision) ??
    policyProblem(request, command) ??
    repeatProblem(context, request);
  if (against !== null) return against;
  const from = named(governance, command.from);
  const to = named(governance, command.to);
  if (from === null || to === null) {
    const login = from === null ? command.from : command.to;
    return refuse("CMD-UNKNOWN-PERSON", `people.yaml names nobody with the login ${login}.`);
  }
  const reroute: Reroute = {
    comment: context.comment,
    pull: snapshot.pull.number,
    fingerprint: request.fingerprint,
    tier: request.tier,
    role: command.role,
    from,
    to,
    by: context.actor,
    at: given.now.toISOString(),
    until: new Date(given.now.getTime() + command.forSeconds * 1000).toISOString(),
    confirmation: request.tier === "privileged" ? "needed" : "not-needed",
    reason: command.reason,
    ticket: command.ticket,
    basis: command.basis,
  };
  const unfit = peopleProblem(context, approvals, reroute);
  if (unfit !== null) return unfit;
  const how =
    reroute.confirmation === "needed"
      ? `once a second person of the role rescue has written \`/access confirm ${reroute.comment}\``
      : "now";
  return {
    outcome: "carried-out",
    code: "CMD-REROUTED",
    reason: `${to.person} stands in for ${from.person} as ${reroute.role} until ${reroute.until}, ${how}.`,
    effect: { kind: "reroute", reroute },
  };
}

function rescuerProblem(
  { given, governance, person, path }: CommandCase,
  { route, requesters }: Pick<ApprovalCase, "route" | "requesters">,
): CommandOutcome | null {
  const holders = roleHolders(governance, given.snapshot, "rescue", path);
  if (!holders.includes(person)) {
    const who = holders.length === 0 ? "nobody" : holders.join(", ");
    return refuse("CMD-ROLE", `Only the role rescue may reroute it: ${who}.`);
  }
  if (requesters.unresolved.length > 0) {
    return refuse("CMD-CONTRIBUTORS", "Not everybody who had a part in it is known.");
  }
  if (hadAPart(given, governance, { person, requesters })) {
    return refuse("CMD-OWN-REQUEST", `${person} has a part in it, so cannot reroute it.`);
  }
  if (route.some((step) => isOnRoute(step, governance, person))) {
    return refuse("CMD-APPROVER", `${person} could approve it, so cannot reroute it.`);
  }
  return null;
}

function stateProblem({ findings, denials, verdict }: Decision): CommandOutcome | null {
  if (denials.length > 0) {
    return refuse("CMD-DENIED", "It is denied: only its giver lifts a denial, no reroute does.");
  }
  if (verdict === "denied") {
    return refuse(
      "CMD-REFUSED",
      "It is refused for another reason than its approvals: see the check.",
    );
  }
  // As the decision says it, with every approval that counts; a draft waits for nobody.
  if (findings.some(({ rule }) => rule === "stalled")) return null;
  return refuse("CMD-NOT-STALLED", "It is not stalled: whoever can approve it is still in time.");
}

function policyProblem(
  { allPolicies, policies }: OpenRequest,
  { basis, reason, forSeconds }: RerouteCommand,
): CommandOutcome | null {
  if (!policies.some(({ metadata }) => metadata.name === basis)) {
    const names = policies.map(({ metadata }) => metadata.name).join(", ");
    return refuse("CMD-BASIS", `The policy ${basis} does not apply to it: name one of ${names}.`);
  }
  for (const policy of allPolicies) {
    const problem = disallowed(policy, { reason, forSeconds });
    if (problem !== null) return problem;
  }
  return null;
}

function disallowed(
  { metadata, spec: { reroute } }: AccessPolicy,
  { reason, forSeconds }: Pick<RerouteCommand, "reason" | "forSeconds">,
): CommandOutcome | null {
  if (reroute === undefined) {
    return refuse("CMD-NO-REROUTES", `The policy ${metadata.name} allows no reroutes.`);
  }
  if (!reroute.reasons.includes(reason)) {
    const known = reroute.reasons.join(", ");
    return refuse("CMD-REASON", `The policy ${metadata.name} allows the reasons ${known}.`);
  }
  const most = durationSeconds(reroute.maxDuration) ?? 0;
  if (forSeconds <= most) return null;
  return refuse(
    "CMD-TOO-LONG",
    `The policy ${metadata.name} allows ${durationWords(most)} at most.`,
  );
}

function repeatProblem({ given }: CommandCase, { limits }: OpenRequest): CommandOutcome | null {
  const before = given.snapshot.ledger.reroutes.find(
    ({ reroute }) => !((given.now.getTime() - epochMs(reroute.at)) / 1000 > limits.windowSeconds),
  );
  if (before === undefined) return null;
  const { pull, at } = before.reroute;
  return refuse(
    "CMD-REROUTED-BEFORE",
    `The same access was rerouted on #${pull} at ${at}: once in ${durationWords(limits.windowSeconds)}.`,
  );
}

function peopleProblem(
  { given, governance, person }: CommandCase,
  approvals: ApprovalCase,
  reroute: Reroute,
): CommandOutcome | null {
  const { route, steps } = approvals;
  const { role, from, to } = reroute;
  const step = route.find((one) => one.role === role);
  if (!steps.steps.has(role)) {
    return refuse("CMD-NO-STEP", `No approval of the role ${role} is asked for.`);
  }
  if (step === undefined || !from.accounts.some((id) => step.accounts.includes(id))) {
    return refuse(
      "CMD-NOT-ON-ROUTE",
      `${from.person} is not one of those who could approve it as ${role}.`,
    );
  }
  const direct = holdersOfAll(given, governance, role, steps.paths);
  const acts = governance.delegations.some((one) => one.role === role && one.to === from.person);
  if (acts && !direct.includes(from.person)) {
    return refuse(
      "CMD-ACTS-FOR",
      `${from.person} only acts for somebody else as ${role}: reroute it from who holds the role.`,
    );
  }
  if (isPerson(governance, person, to) || isPerson(governance, to.person, from)) {
    return refuse(
      "CMD-SAME-PERSON",
      "Whoever reroutes, is replaced and stands in are three people.",
    );
  }
  if (to.accounts.some((id) => step.accounts.includes(id))) {
    return refuse("CMD-ON-ROUTE", `${to.person} can approve it already.`);
  }
  // As it would be with the reroute in force: everything that excludes somebody excludes a stand-in.
  const rerouted = withReroute(given, reroute);
  const listed = holdersOfAll(given, governance, `${role}.substitute`, steps.paths);
  const able = openApprovals(rerouted, governance, { steps, route }).eligibility;
  const isOfTheRole = direct.includes(to.person) || listed.includes(to.person);
  if (isOfTheRole && able.eligible(role).includes(to.person)) return null;
  if (!isOfTheRole) {
    return refuse(
      "CMD-SAME-ROLE",
      `${to.person} is neither a holder nor a listed substitute of ${role} here.`,
    );
  }
  return refuse("CMD-NOT-ELIGIBLE", able.whyNot(to.person));
}

function withReroute(given: CommandCase["given"], reroute: Reroute): CommandCase["given"] {
  const { snapshot } = given;
  const record = { reroute, confirmed: { by: reroute.by, at: reroute.at } };
  const ledger = { ...snapshot.ledger, reroutes: [...snapshot.ledger.reroutes, record] };
  return { ...given, snapshot: { ...snapshot, ledger } };
}

function named(governance: Governance, login: string): NamedPerson | null {
  const person = personWithLogin(governance, login);
  return person === null ? null : { person, accounts: accountIdsOf(governance, person) };
}
