import type { Account } from "../model/account.ts";
import type { CountedApproval, ReviewJudgement } from "../model/decision.ts";
import type { Denial } from "../model/fingerprint.ts";
import type { Governance } from "../model/governance.ts";
import type { ApprovingRole } from "../model/names.ts";
import type { ReviewFacts } from "../model/snapshot.ts";
import type { ApprovalSteps } from "./approval-steps.ts";
import { chainSteps, instantText, stepOfPerson } from "./emergency/chain.ts";
import { bindApproval } from "./binding.ts";
import type { Binding } from "./binding.ts";
import type { Case } from "./case.ts";
import type { Eligibility } from "./eligibility.ts";
import type { Exclusions } from "./exclusions.ts";
import { identify } from "./people.ts";
import { reroutesInForce } from "./reroutes.ts";
import { standingDenials, wasDenial } from "./standing-denials.ts";
import type { SeenReview } from "./standing-denials.ts";
import { epochMs } from "../parse/epoch-ms.ts";

/** Everything about the reviews that the rules need. */
export interface JudgedReviews {
  readonly judgements: readonly ReviewJudgement[];
  /** Approvals that may fill a step, one a person; which step is found by matching. */
  readonly candidates: readonly CandidateApproval[];
  /** Denials in force, also of linked PRs. */
  readonly denials: readonly Denial[];
  /** Reviews by an account whose login people.yaml gives to another id. */
  readonly impostors: readonly { readonly review: number; readonly reason: string }[];
}

export type CandidateApproval = Omit<CountedApproval, "role" | "actsFor"> & {
  readonly roles: readonly ApprovingRole[];
};

export interface ReviewContext {
  readonly given: Case;
  readonly governance: Governance;
  readonly steps: ApprovalSteps;
  readonly exclusions: Exclusions;
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
  const { given, governance, eligibility } = context;
  const { pull, ledger } = given.snapshot;
  const seen = onePerId(pull.reviews)
    .map((review) => ({
      review,
      identity: identify(governance, review.author),
      isDenial: wasDenial(review, ledger.observations),
      at: epochMs(review.submittedAt),
    }))
    .sort(bySubmission);
  const latest = latestDecisive(seen);
  const bindings = presentBindings(context, latest);
  const denials = standingDenials({
    given,
    governance,
    seen,
    mayDeny: (person) => eligibility.mayDeny(person),
    present: seen.filter(({ review }) => bindings.get(review)?.bound === "yes"),
  });
  const denied = new Set(denials.map(({ review }) => review));
  const judged = seen.map((one) => judge(context, one, { bindings, denied }));
  return {
    judgements: judged.map(({ judgement }) => judgement),
    candidates: judged.map(({ candidate }) => candidate).filter((one) => one !== null),
    denials,
    impostors: seen.flatMap(({ review, identity }) =>
      identity.kind === "impostor" && review.state !== "COMMENTED"
        ? [{ review: review.id, reason: identity.reason }]
        : [],
    ),
  };
}

interface Judged {
  readonly judgement: ReviewJudgement;
  readonly candidate: CandidateApproval | null;
}

type TimedReview = SeenReview & { readonly at: number };

interface Standing {
  /** Whether each approval that is somebody's last word is about the present. */
  readonly bindings: ReadonlyMap<ReviewFacts, Binding>;
  /** Reviews that are denials in force. */
  readonly denied: ReadonlySet<number>;
}

function judge(context: ReviewContext, one: SeenReview, standing: Standing): Judged {
  const { review, identity } = one;
  if (review.state === "COMMENTED") return refused(one, comment);
  if (review.author?.type !== "User" || identity.kind === "machine") return refused(one, noHuman);
  if (identity.kind !== "person") {
    const reason = `${identity.reason} An account that it does not name approves nothing.`;
    return refused(one, ["SOD-UNKNOWN-ACCOUNT", reason]);
  }
  const person = identity.name;
  const against = speaksAgainst(context, one, person, standing);
  if (against !== null) return refused(one, against);
  // Only an approval that is its giver's last word has a binding.
  const binding = standing.bindings.get(review);
  if (binding === undefined) {
    return refused(one, ["SOD-SUPERSEDED", `${person} gave a later review.`]);
  }
  const lacking = mayNotApprove(context, person);
  if (lacking !== null) return refused(one, lacking);
  if (binding.bound === "no") return refused(one, [binding.code, binding.reason]);
  return counted(review, review.author, { person, binding, context });
}

type Against = readonly [code: string, reason: string];

const comment: Against = ["SOD-COMMENT", "A comment is no opinion."];
const noHuman: Against = ["SOD-HUMAN", "Only a human approves or denies."];

function refused({ review, identity }: SeenReview, [code, reason]: Against): Judged {
  const judgement: ReviewJudgement = {
    review: review.id,
    login: review.author?.login ?? "ghost",
    person: identity.kind === "person" ? identity.name : null,
    state: review.state,
    counts: "no",
    code,
    reason,
  };
  return { judgement, candidate: null };
}

/** Why a review is no approval. */
function speaksAgainst(
  { eligibility }: ReviewContext,
  { review, isDenial }: SeenReview,
  person: string,
  { denied }: Standing,
): Against | null {
  if (denied.has(review.id)) {
    const lift = `Only ${person} can lift it, by approving the present content; dismissing it does not.`;
    return ["SOD-DENIED", `${person} denies. ${lift}`];
  }
  if (isDenial && !eligibility.mayDeny(person)) {
    return ["SOD-ROLE", `${person} holds no approving role here: this denies nothing.`];
  }
  return review.state === "DISMISSED" ? ["SOD-DISMISSED", "It was dismissed."] : null;
}

function mayNotApprove(
  { steps, exclusions, eligibility }: ReviewContext,
  person: string,
): Against | null {
  const asRequester = exclusions.reason(person, "requester");
  if (asRequester !== null) {
    return ["SOD-REQUESTER", `${asRequester} Nobody approves their own request.`];
  }
  const asRerouter = exclusions.reason(person, "rerouter");
  if (asRerouter !== null) {
    return ["SOD-REROUTER", `${asRerouter} Who reroutes never approves.`];
  }
  if (!eligibility.holdsStepRole(person)) {
    const asked = [...steps.steps.keys()].join(", ");
    return [
      "SOD-ROLE",
      `governance/ROLES gives ${person} no role here that is asked for: ${asked}.`,
    ];
  }
  if (eligibility.rolesOf(person).length > 0) return null;
  return ["SOD-INDEPENDENCE", eligibility.whyNot(person)];
}

interface Counting {
  readonly person: string;
  readonly binding: Extract<Binding, { readonly bound: "yes" }>;
  readonly context: ReviewContext;
}

function counted(
  { id: review, state, submittedAt }: ReviewFacts,
  { id: principal, login }: Account,
  { person, binding, context }: Counting,
): Judged {
  const roles = context.eligibility.rolesOf(person);
  const reason = `${person} may approve as ${roles.join(" or ")}.`;
  return {
    judgement: { review, login, person, state, counts: "yes", code: "SOD-COUNTS", reason },
    candidate: {
      review,
      principal,
      login,
      person,
      roles,
      commit: binding.observation.commit,
      submittedAt,
    },
  };
}

/** A review that two pages of an answer list is one review, and an approval only where both say so. */
function onePerId(reviews: readonly ReviewFacts[]): readonly ReviewFacts[] {
  const byId = new Map<number, ReviewFacts>();
  for (const review of reviews) {
    const listed = byId.get(review.id);
    if (listed === undefined || listed.state === "APPROVED") byId.set(review.id, review);
  }
  return [...byId.values()];
}

/** Per person the last review that is more than a comment; `seen` is in the order of submission. */
function latestDecisive(seen: readonly SeenReview[]): ReadonlyMap<string, ReviewFacts> {
  const latest = new Map<string, ReviewFacts>();
  for (const { review, identity } of seen) {
    if (identity.kind === "person" && review.state !== "COMMENTED") {
      latest.set(identity.name, review);
    }
  }
  return latest;
}

/** Binds each approval that is its giver's last word: whether it is about the present content, and not too old. */
function presentBindings(
  { given, governance, content, steps, eligibility }: ReviewContext,
  latest: ReadonlyMap<string, ReviewFacts>,
): ReadonlyMap<ReviewFacts, Binding> {
  const approvals = [...latest].filter(
    // A mannequin or a bot that carries somebody's id speaks for nobody: it lifts no denial either.
    ([, { state, author }]) => state === "APPROVED" && author?.type === "User",
  );
  const reroutes = reroutesInForce(given);
  const chain = chainSteps(given, governance);
  return new Map(
    approvals.map(([person, review]): readonly [ReviewFacts, Binding] => {
      const step = stepOfPerson(chain, person);
      if (step !== null && epochMs(review.submittedAt) < step.opensAt) {
        const reason = `It was given before step ${step.step} of the chain opened at ${instantText(step.opensAt)}: please approve again.`;
        return [review, { bound: "no", code: "SOD-CHAIN", reason }];
      }
      const acts = eligibility.rolesOf(person).map((role) => eligibility.actsFor(person, role));
      const early =
        acts.length > 0 &&
        acts.every((one) => one !== null && epochMs(review.submittedAt) < epochMs(one.since));
      if (early) {
        const reason = "It was given before the role was handed over: please approve again.";
        return [review, { bound: "no", code: "SOD-VOIDED", reason }];
      }
      const before = reroutes.find(
        ({ to, since }) =>
          to.accounts.some((id) => id === review.author?.id) &&
          epochMs(review.submittedAt) < epochMs(since),
      );
      if (before !== undefined) {
        const reason = "It was given before the reroute was in force: please approve again.";
        return [review, { bound: "no", code: "SOD-VOIDED", reason }];
      }
      const binding = bindApproval(given.snapshot, review, content);
      const ageSeconds = (given.now.getTime() - epochMs(review.submittedAt)) / 1000;
      if (binding.bound === "no" || ageSeconds < steps.approvalTtlSeconds) return [review, binding];
      const reason = "It is older than the policy allows: please approve again.";
      return [review, { bound: "no", code: "SOD-EXPIRED", reason }];
    }),
  );
}

function bySubmission(a: TimedReview, b: TimedReview): number {
  return a.at === b.at ? a.review.id - b.review.id : a.at - b.at;
}
