import type { ApprovingRole } from "../model/names.ts";
import type { Denial } from "../model/fingerprint.ts";
import type { Governance } from "../model/governance.ts";
import { epochMs } from "../parse/epoch-ms.ts";
import type { Step } from "./approval-steps.ts";
import type { Case } from "./case.ts";
import type { CandidateApproval, JudgedReviews } from "./judge-reviews.ts";
import { onePowerOnce } from "./delegations.ts";
import type { Eligibility } from "./eligibility.ts";
import { accountIdsOf } from "./people.ts";

/** How many others of the chain it takes to lift a denial of an emergency. */
const others = 2;

/** What fills the steps: ordinary approvals, or those that lift a denial together. */
export interface Filling {
  readonly steps: ReadonlyMap<ApprovingRole, Step>;
  readonly candidates: readonly CandidateApproval[];
}

export interface FillingContext {
  readonly steps: Filling["steps"];
  readonly reviews: JudgedReviews;
  readonly eligibility: Eligibility;
}

/**
 * Says what fills the steps. A denial blocks an emergency as it blocks everything else; only here two other people of the
 * fallback chain can lift it, by approving after it (design.md §4, break-glass). So with a denial in force the step needs at
 * least two, and whoever denied, or approved before, is none of them.
 */
export function fillingOf(
  given: Case,
  governance: Governance,
  { steps, reviews, eligibility }: FillingContext,
): Filling {
  const { denials } = reviews;
  const candidates = onePowerOnce(reviews.candidates, eligibility);
  const step = steps.get("break-glass");
  if (given.request?.emergency == null || denials.length === 0 || step === undefined) {
    return { steps, candidates };
  }
  const raised = { ...step, count: Math.max(step.count, others) };
  return {
    steps: new Map([...steps, ["break-glass", raised]]),
    candidates: candidates.filter((one) =>
      denials.every((denial) => outweighs(governance, one, denial)),
    ),
  };
}

function outweighs(
  governance: Governance,
  { person, review, submittedAt }: CandidateApproval,
  denial: Denial,
): boolean {
  if (person === denial.person) return false;
  // In the name of who denied, or in whose name it was denied: the same power.
  const isTheSame = governance.delegations.some(
    ({ from, to }) =>
      (from === denial.person && to === person) || (from === person && to === denial.person),
  );
  if (isTheSame) return false;
  if (accountIdsOf(governance, person).includes(denial.principal)) return false;
  const later = epochMs(submittedAt) - epochMs(denial.at);
  return later > 0 || (later === 0 && review > denial.review);
}
