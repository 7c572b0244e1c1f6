import type { CountedApproval, Decision, ReviewJudgement } from "../model/decision.ts";
import type { Finding } from "../model/finding.ts";
import type { Denial, Exclusion, Route } from "../model/fingerprint.ts";
import type { Governance } from "../model/governance.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { openApprovals } from "../evaluate/approval-case.ts";
import { approvalSteps } from "../evaluate/approval-steps.ts";
import type { ApprovalSteps } from "../evaluate/approval-steps.ts";
import type { Case } from "../evaluate/case.ts";
import { openCase } from "../evaluate/case.ts";
import type { ActsFor } from "../evaluate/delegations.ts";
import type { Eligibility } from "../evaluate/eligibility.ts";
import { delegated } from "../evaluate/rules/delegated.ts";
import { incidentOf } from "../evaluate/emergency/incident-of.ts";
import { fillingOf } from "../evaluate/filling.ts";
import type { Filling } from "../evaluate/filling.ts";
import { judgeReviews } from "../evaluate/judge-reviews.ts";
import { routeOf } from "../evaluate/route.ts";
import { askedByAuthor } from "../evaluate/rules/asked-by-author.ts";
import { chainOpen } from "../evaluate/rules/chain-open.ts";
import { contributorsKnown } from "../evaluate/rules/contributors-known.ts";
import { denyConditions } from "../evaluate/rules/deny-conditions.ts";
import { extendsRunning } from "../evaluate/rules/extends-running.ts";
import { factsComplete } from "../evaluate/rules/facts-complete.ts";
import { governanceIntact } from "../evaluate/rules/governance-intact.ts";
import { incidentOpen } from "../evaluate/rules/incident-open.ts";
import { inTime } from "../evaluate/rules/in-time.ts";
import { nameUnused } from "../evaluate/rules/name-unused.ts";
import { noConflict } from "../evaluate/rules/no-conflict.ts";
import { noDenial } from "../evaluate/rules/no-denial.ts";
import type { Lifting } from "../evaluate/rules/no-denial.ts";
import { noViolation } from "../evaluate/rules/no-violation.ts";
import { notEnded } from "../evaluate/rules/not-ended.ts";
import { policyValid } from "../evaluate/rules/policy-valid.ts";
import { pullKind } from "../evaluate/rules/pull-kind.ts";
import { pullOpen } from "../evaluate/rules/pull-open.ts";
import { reciprocity } from "../evaluate/rules/reciprocity.ts";
import { reviewsDone } from "../evaluate/rules/reviews-done.ts";
import { withinBudget } from "../evaluate/rules/within-budget.ts";
import { reviewersGenuine } from "../evaluate/rules/reviewers-genuine.ts";
import { rerouted } from "../evaluate/rules/rerouted.ts";
import { removalSafe } from "../evaluate/rules/removal-safe.ts";
import { requestValid } from "../evaluate/rules/request-valid.ts";
import { stepFilled } from "../evaluate/rules/step-filled.ts";
import { withinLimits } from "../evaluate/rules/within-limits.ts";
import { stallFinding, stallOf } from "../evaluate/stall.ts";
import { reroutesInForce } from "../evaluate/reroutes.ts";
import { clashes } from "../evaluate/static-sod.ts";
import type { Clash } from "../evaluate/static-sod.ts";
import { combine } from "./combine.ts";
import { decidedRequest } from "./decided-request.ts";
import { decisionDigests } from "./decision-digests.ts";
import { matchSteps } from "../evaluate/match-steps.ts";
import { notAfter } from "./not-after.ts";

/**
 * Decides one pull request (the policy decision point of NIST SP 800-162). Pure and total: the same
 * snapshot, instant and rules version give the same decision for ever, and nothing makes it throw. Rules
 * are applied by the kind of PR; `combine` says how their findings make a verdict.
 */
export function decide(snapshot: Snapshot, now: Date): Decision {
  const given = openCase(snapshot, now);
  const digests = decisionDigests(given);
  const route = given.governance === null ? [] : routeOf(given, given.governance);
  const judged = judgeApprovals(given, { content: digests.content, route });
  const found = clashesOf(given);
  const findings = [...findingsFor(given, found), ...judged.findings];
  const verdict = combine(findings);
  const request = decidedRequest(given);
  const approvals = verdict === "approved" ? judged.approvals : [];
  return {
    rules: "3",
    verdict,
    kind: given.pull.kind,
    pull: snapshot.pull.number,
    baseRef: snapshot.pull.baseRef,
    head: snapshot.pull.headOid,
    findings,
    reviews: judged.reviews,
    approvals,
    digests,
    request,
    fingerprint: given.fingerprint,
    route,
    denials: judged.denials,
    excluded: judged.excluded,
    ...reviewAfterwards(given, found),
    removes:
      given.pull.kind === "removal" ? snapshot.ledger.requests.map(({ name }) => name).sort() : [],
    notAfter:
      verdict === "approved" && given.request !== null
        ? notAfter(given.request, approvals, reroutesInForce(given))
        : null,
  };
}

/** Why somebody has to look at it again after its end, and how soon (P9). */
function reviewAfterwards(
  given: Case,
  found: readonly Clash[],
): Pick<Decision, "reviewAfterwards" | "reviewWithinSeconds"> {
  const reasons = [
    ...emergencyForReview(given),
    ...found.map(({ conflict }) => `Exception from ${conflict.name}.`),
    ...reroutedForReview(given),
  ];
  const { request } = given;
  return {
    reviewAfterwards: reasons,
    reviewWithinSeconds:
      reasons.length === 0 || request === null ? null : request.limits.reviewWithinSeconds,
  };
}

function emergencyForReview({ request }: Case): readonly string[] {
  if (request === null || request.emergency === null) return [];
  return [`Emergency access for ${incidentOf(request) ?? "an unknown incident"}.`];
}

/** A reroute of a privileged request is looked at again afterwards (design.md §4). */
function reroutedForReview(given: Case): readonly string[] {
  return reroutesInForce(given)
    .filter(({ confirmation }) => confirmation === "needed")
    .map(({ role, from, to }) => `Reroute of ${role} from ${from.person} to ${to.person}.`);
}

function clashesOf(given: Case): readonly Clash[] {
  const { governance, request } = given;
  return governance === null || request === null ? [] : clashes(given, governance, request);
}

/** The rules that do not depend on reviews, by the kind of the PR; an unknown kind keeps its denial. */
function findingsFor(given: Case, found: readonly Clash[]): readonly Finding[] {
  switch (given.pull.kind) {
    case "ungoverned":
      // A fork is never green (F6), not even where nothing is governed: its check stands on a head of this repository.
      return given.snapshot.pull.crossRepository
        ? [pullKind(given), pullOpen(given)]
        : [pullKind(given)];
    case "mixed":
      return [pullKind(given), factsComplete(given)];
    case "removal":
      return [...foundations(given), ...removalSafe(given)];
    case "policy":
      return [...foundations(given), policyValid(given)];
    case "request":
      return [
        ...foundations(given),
        requestValid(given),
        nameUnused(given),
        notEnded(given),
        inTime(given),
        withinLimits(given),
        ...denyConditions(given),
        noConflict(given, found),
        ...rerouted(given),
        ...extendsRunning(given),
        ...emergencyFindings(given),
      ];
  }
}

function emergencyFindings(given: Case): readonly Finding[] {
  if (given.document?.kind !== "BreakGlassRequest") return [];
  return [
    askedByAuthor(given),
    incidentOpen(given),
    withinBudget(given),
    reviewsDone(given),
    ...(given.governance === null ? [] : chainOpen(given, given.governance)),
  ];
}

function foundations(given: Case): readonly Finding[] {
  return [
    pullKind(given),
    pullOpen(given),
    factsComplete(given),
    governanceIntact(given),
    noViolation(given),
  ];
}

interface JudgedApprovals {
  readonly findings: readonly Finding[];
  readonly reviews: readonly ReviewJudgement[];
  readonly approvals: readonly CountedApproval[];
  readonly denials: readonly Denial[];
  readonly excluded: readonly Exclusion[];
}

/** What approvals are held against. */
interface Basis {
  /** Digest of the governed content of the present head. */
  readonly content: string | null;
  readonly route: Route;
}

/** A request and a change of governance need people; what only removes access needs none. */
function judgeApprovals(given: Case, basis: Basis): JudgedApprovals {
  const { kind } = given.pull;
  if (kind !== "request" && kind !== "policy") return unjudged(given, []);
  const { governance } = given;
  const steps = governance === null ? null : approvalSteps(given, governance);
  if (governance === null || steps === null) return unjudged(given, [noSteps]);
  return judgeSteps(given, governance, { ...basis, steps });
}

/** What was remembered is handed on: pushing something that cannot be judged makes nobody forget (I1). */
function unjudged({ snapshot }: Case, findings: readonly Finding[]): JudgedApprovals {
  const { denials, excluded } = snapshot.ledger.remembered;
  return { findings, reviews: [], approvals: [], denials, excluded };
}

function judgeSteps(
  given: Case,
  governance: Governance,
  { steps, content, route }: Basis & { readonly steps: ApprovalSteps },
): JudgedApprovals {
  const context = openApprovals(given, governance, { steps, route });
  const { requesters, exclusions: excluded, eligibility: able } = context;
  const reviews = judgeReviews({ ...context, content });
  const filling = fillingOf(given, governance, { steps: steps.steps, reviews, eligibility: able });
  const filled = fill(filling, able);
  const busy = new Set(filled.map(({ person }) => person));
  const stalled = reviews.denials.length > 0 ? null : stallOf(context, filled);
  const stepFindings = [...filling.steps].map(([role, { count }]) =>
    stepFilled({
      role,
      required: count,
      reviews: filled.filter((approval) => approval.role === role).map(({ review }) => review),
      eligible: able.eligible(role).filter((person) => !busy.has(person)),
    }),
  );
  return {
    findings: [
      contributorsKnown(requesters),
      reviewersGenuine(reviews),
      noDenial(reviews.denials, given.snapshot.pull.number, liftingOf(given, filling, filled)),
      ...stepFindings,
      ...(stalled === null ? [] : [stallFinding(stalled)]),
      ...delegated(filled),
      ...(given.pull.kind === "request" ? [reciprocity(given, requesters, filled)] : []),
    ],
    reviews: reviews.judgements,
    approvals: filled,
    denials: reviews.denials,
    excluded: excluded.all,
  };
}

const noSteps: Finding = {
  rule: "step-filled",
  code: "SOD-STEPS",
  outcome: "indeterminate",
  reason: "Which approvals it needs is not known: mend what the other rules name first.",
  facts: [],
};

/** With a denial in force the filled step is what lifts it: `filling` asks for enough, and for those who may. */
function liftingOf(
  { request }: Case,
  { steps }: Filling,
  filled: readonly CountedApproval[],
): Lifting {
  const step = steps.get("break-glass");
  if (request?.emergency == null || step === undefined) return "only-its-giver";
  const by = filled.filter(({ role }) => role === "break-glass").map(({ person }) => person);
  return { by, enough: by.length >= step.count };
}

function fill(
  { steps, candidates }: Filling,
  eligibility: Eligibility,
): readonly CountedApproval[] {
  const counts = new Map([...steps].map(([role, { count }]) => [role, count]));
  const roles = matchSteps(counts, candidates);
  return candidates.flatMap(({ review, principal, login, person, commit, submittedAt }) => {
    const role = roles.get(person);
    return role === undefined
      ? []
      : [
          {
            ...{ review, principal, login, person, role, commit, submittedAt },
            actsFor: inShort(eligibility.actsFor(person, role)),
          },
        ];
  });
}

function inShort(acts: ActsFor | null): CountedApproval["actsFor"] {
  return acts === null ? null : { from: acts.from, until: acts.until };
}
