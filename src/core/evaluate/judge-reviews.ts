import type { CountedApproval, ReviewJudgement } from "../model/decision.ts";
import type { Governance } from "../model/governance.ts";
import type { ApprovingRole } from "../model/names.ts";
import type { ReviewFacts } from "../model/snapshot.ts";
import type { ApprovalSteps } from "./approval-steps.ts";
import { bindApproval } from "./binding.ts";
import type { Case } from "./case.ts";
import type { Eligibility } from "./eligibility.ts";
import { identify } from "./people.ts";
import type { Identity } from "./people.ts";
import type { RequesterSet } from "./requester-set.ts";

/** Everything about the reviews that the rules need. */
export interface JudgedReviews {
  readonly judgements: readonly ReviewJudgement[];
  /** Approvals that may fill a step, one a person; which step is found by matching. */
  readonly candidates: readonly CandidateApproval[];
  /** Denials in force. */
  readonly denials: readonly { readonly person: string; readonly review: number }[];
  /** Reviews by an account whose login people.yaml gives to another id. */
  readonly impostors: readonly { readonly review: number; readonly reason: string }[];
}

export type CandidateApproval = Omit<CountedApproval, "role"> & {
  readonly roles: readonly ApprovingRole[];
};

export interface ReviewContext {
  readonly given: Case;
  readonly governance: Governance;
  readonly steps: ApprovalSteps;
  readonly requesters: RequesterSet;
  readonly eligibility: Eligibility;
  /** Digest of the governed content of the present head. */
  readonly content: string | null;
}

/**
 * Judges every review. Per person only the latest decisive one speaks (APPROVED, CHANGES_REQUESTED or a
 * dismissed one, which is no opinion and never revives what came before); COMMENTED and text never count.
 * A denial stands until its giver approves the present bytes. An approval by somebody who may not give
 * it, or for other content, says so in its judgement.
 */
export function judgeReviews(context: ReviewContext): JudgedReviews {
  const seen = [...context.given.snapshot.pull.reviews].sort(bySubmission).map((review) => ({
    review,
    identity: identify(context.governance, review.author),
  }));
  const latest = latestDecisive(seen);
  const judged = seen.map((one) => judge(context, one, latest));
  const candidates = judged.flatMap(({ candidate }) => (candidate === null ? [] : [candidate]));
  return {
    judgements: judged.map(({ judgement }) => judgement),
    candidates,
    denials: standingDenials(context, seen, candidates),
    impostors: seen.flatMap(({ review, identity }) =>
      identity.kind === "impostor" && review.state !== "COMMENTED"
        ? [{ review: review.id, reason: identity.reason }]
        : [],
    ),
  };
}

interface SeenReview {
  readonly review: ReviewFacts;
  readonly identity: Identity;
}

interface Judged {
  readonly judgement: ReviewJudgement;
  readonly candidate: CandidateApproval | null;
}

function judge(
  context: ReviewContext,
  { review, identity }: SeenReview,
  latest: ReadonlyMap<string, ReviewFacts>,
): Judged {
  const { requesters, steps, eligibility, given, content } = context;
  const refuse = (code: string, reason: string): Judged => ({
    judgement: {
      review: review.id,
      login: review.author?.login ?? "ghost",
      person: identity.kind === "person" ? identity.name : null,
      state: review.state,
      counts: "no",
      code,
      reason,
    },
    candidate: null,
  });

  if (review.state === "COMMENTED") return refuse("SOD-COMMENT", "A comment is no opinion.");
  if (review.state === "DISMISSED") return refuse("SOD-DISMISSED", "It was dismissed.");
  if (review.author?.type !== "User" || identity.kind === "machine") {
    return refuse("SOD-HUMAN", "Only a human approves or denies.");
  }
  if (identity.kind !== "person") {
    const { reason } = identity;
    return refuse(
      "SOD-UNKNOWN-ACCOUNT",
      `${reason} An account that it does not name approves nothing.`,
    );
  }
  const person = identity.name;
  if (latest.get(person) !== review) {
    return refuse("SOD-SUPERSEDED", `${person} gave a later review.`);
  }
  if (review.state === "CHANGES_REQUESTED") {
    if (!eligibility.mayDeny(person)) {
      return refuse("SOD-ROLE", `${person} holds no approving role here: this denies nothing.`);
    }
    return refuse("SOD-DENIED", `${person} denies. Only ${person} can lift it, by approving.`);
  }

  const why = requesters.people.get(person);
  if (why !== undefined) {
    return refuse("SOD-REQUESTER", `${person} ${inWords(why)}: nobody approves their own request.`);
  }
  if (!eligibility.holdsStepRole(person)) {
    return refuse(
      "SOD-ROLE",
      `governance/ROLES gives ${person} no role here that is asked for: ${[...steps.steps.keys()].join(", ")}.`,
    );
  }
  const roles = eligibility.rolesOf(person);
  if (roles.length === 0) return refuse("SOD-INDEPENDENCE", eligibility.whyNot(person));
  const binding = bindApproval(given.snapshot, review, content);
  if (binding.bound === "no") return refuse(binding.code, binding.reason);
  const ageSeconds = (given.now.getTime() - Date.parse(review.submittedAt)) / 1000;
  if (!(ageSeconds < steps.approvalTtlSeconds)) {
    return refuse("SOD-EXPIRED", "It is older than the policy allows: please approve again.");
  }
  return {
    judgement: {
      review: review.id,
      login: review.author.login,
      person,
      state: review.state,
      counts: "yes",
      code: "SOD-COUNTS",
      reason: `${person} may approve as ${roles.join(" or ")}.`,
    },
    candidate: {
      review: review.id,
      principal: review.author.id,
      login: review.author.login,
      person,
      roles,
      commit: binding.observation.commit,
      submittedAt: review.submittedAt,
    },
  };
}

/** A person can be in the requester set for many commits: three reasons are enough. */
function inWords(reasons: readonly string[]): string {
  const shown = [...new Set(reasons)];
  if (shown.length <= 3) return shown.join(" and ");
  return `${shown.slice(0, 3).join(", ")} and more`;
}

/** Per person the last review that is more than a comment; `seen` is in the order of submission. */
function latestDecisive(seen: readonly SeenReview[]): ReadonlyMap<string, ReviewFacts> {
  return new Map(
    seen.flatMap(({ review, identity }) =>
      identity.kind === "person" && review.state !== "COMMENTED" ? [[identity.name, review]] : [],
    ),
  );
}

/** A denial is lifted only by an approval of its giver that is bound to the present bytes. */
function standingDenials(
  { eligibility }: ReviewContext,
  seen: readonly SeenReview[],
  candidates: readonly CandidateApproval[],
): JudgedReviews["denials"] {
  const lifted = new Set(candidates.map(({ person }) => person));
  return seen.flatMap(({ review, identity }) => {
    if (review.state !== "CHANGES_REQUESTED" || identity.kind !== "person") return [];
    if (!eligibility.mayDeny(identity.name) || lifted.has(identity.name)) return [];
    return [{ person: identity.name, review: review.id }];
  });
}

function bySubmission(a: ReviewFacts, b: ReviewFacts): number {
  const difference = Date.parse(a.submittedAt) - Date.parse(b.submittedAt);
  return difference === 0 ? a.id - b.id : difference;
}
