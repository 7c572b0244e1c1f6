import type { CountedApproval, Decision, ReviewJudgement } from "../model/decision.ts";
import type { Finding } from "../model/finding.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { approvalSteps } from "../evaluate/approval-steps.ts";
import type { ApprovalSteps } from "../evaluate/approval-steps.ts";
import type { Case } from "../evaluate/case.ts";
import { openCase } from "../evaluate/case.ts";
import { eligibility } from "../evaluate/eligibility.ts";
import { judgeReviews } from "../evaluate/judge-reviews.ts";
import type { CandidateApproval } from "../evaluate/judge-reviews.ts";
import { requesterSet } from "../evaluate/requester-set.ts";
import { contributorsKnown } from "../evaluate/rules/contributors-known.ts";
import { factsComplete } from "../evaluate/rules/facts-complete.ts";
import { governanceIntact } from "../evaluate/rules/governance-intact.ts";
import { inTime } from "../evaluate/rules/in-time.ts";
import { nameUnused } from "../evaluate/rules/name-unused.ts";
import { noDenial } from "../evaluate/rules/no-denial.ts";
import { noViolation } from "../evaluate/rules/no-violation.ts";
import { policyValid } from "../evaluate/rules/policy-valid.ts";
import { pullKind } from "../evaluate/rules/pull-kind.ts";
import { pullOpen } from "../evaluate/rules/pull-open.ts";
import { reviewersGenuine } from "../evaluate/rules/reviewers-genuine.ts";
import { removalSafe } from "../evaluate/rules/removal-safe.ts";
import { requestValid } from "../evaluate/rules/request-valid.ts";
import { stepFilled } from "../evaluate/rules/step-filled.ts";
import { combine } from "./combine.ts";
import { decidedRequest } from "./decided-request.ts";
import { decisionDigests } from "./decision-digests.ts";
import { matchSteps } from "./match-steps.ts";
import { notAfter } from "./not-after.ts";

/**
 * Decides one pull request (the policy decision point of NIST SP 800-162). Pure and total: the same
 * snapshot, instant and rules version give the same decision for ever, and nothing makes it throw. Rules
 * are applied by the kind of PR; `combine` says how their findings make a verdict.
 */
export function decide(snapshot: Snapshot, now: Date): Decision {
  const given = openCase(snapshot, now);
  const digests = decisionDigests(given);
  const judged = judgeApprovals(given, digests.content);
  const findings = [...findingsFor(given), ...judged.findings];
  const verdict = combine(findings);
  const request = decidedRequest(given);
  const approvals = verdict === "approved" ? judged.approvals : [];
  return {
    rules: "1",
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
    removes:
      given.pull.kind === "removal" ? snapshot.ledger.requests.map(({ name }) => name).sort() : [],
    notAfter: verdict === "approved" && request !== null ? notAfter(given, approvals) : null,
  };
}

/** The rules that do not depend on reviews, by the kind of the PR; an unknown kind keeps its denial. */
function findingsFor(given: Case): readonly Finding[] {
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
      return [...foundations(given), requestValid(given), nameUnused(given), inTime(given)];
  }
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
}

const noApprovals: JudgedApprovals = { findings: [], reviews: [], approvals: [] };

/** A request and a change of governance need people; what only removes access needs none. */
function judgeApprovals(given: Case, content: string | null): JudgedApprovals {
  const { kind } = given.pull;
  if (kind !== "request" && kind !== "policy") return noApprovals;
  const { governance } = given;
  const steps = governance === null ? null : approvalSteps(given, governance);
  if (governance === null || steps === null) return { ...noApprovals, findings: [noSteps] };

  const requesters = requesterSet(given, governance);
  const able = eligibility(given, governance, steps, requesters);
  const context = { given, governance, steps, requesters, eligibility: able, content };
  const reviews = judgeReviews(context);
  const filled = fill(steps, reviews.candidates);
  const busy = new Set(filled.map(({ person }) => person));
  const stepFindings = [...steps.steps].map(([role, { count }]) =>
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
      noDenial(reviews),
      ...stepFindings,
    ],
    reviews: reviews.judgements,
    approvals: filled,
  };
}

const noSteps: Finding = {
  rule: "step-filled",
  code: "SOD-STEPS",
  outcome: "indeterminate",
  reason: "Which approvals it needs is not known: mend what the other rules name first.",
  facts: [],
};

function fill(
  { steps }: ApprovalSteps,
  candidates: readonly CandidateApproval[],
): readonly CountedApproval[] {
  const counts = new Map([...steps].map(([role, { count }]) => [role, count]));
  const roles = matchSteps(counts, candidates);
  return candidates.flatMap(({ review, principal, login, person, commit, submittedAt }) => {
    const role = roles.get(person);
    return role === undefined
      ? []
      : [{ review, principal, login, person, role, commit, submittedAt }];
  });
}
