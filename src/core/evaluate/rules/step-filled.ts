import type { Finding } from "../../model/finding.ts";
import type { ApprovingRole } from "../../model/names.ts";

export interface StepState {
  readonly role: ApprovingRole;
  readonly required: number;
  /** Reviews that matching gave to this step. */
  readonly reviews: readonly number[];
  /** People who could still fill it, sorted. */
  readonly eligible: readonly string[];
}

/** Requires as many distinct independent people as the policy asks for in one step (AC-5, AC-3(2)). */
export function stepFilled({ role, required, reviews, eligible }: StepState): Finding {
  const found = {
    rule: "step-filled",
    code: `SOD-STEP-${role.toUpperCase()}`,
    facts: reviews.map((review) => `review:${review}`),
  };
  const filled = reviews.length;
  if (required >= 1 && filled >= required) {
    return {
      ...found,
      outcome: "satisfied",
      reason: `${filled} of ${required} ${role} approvals.`,
    };
  }
  const missing = required - filled;
  const who =
    eligible.length === 0
      ? "Nobody can give it: ask the policy administrators to name somebody in governance/ROLES."
      : `Can be given by ${eligible.join(", ")}.`;
  return {
    ...found,
    outcome: "pending",
    reason: `${missing} more ${role} ${missing === 1 ? "approval is" : "approvals are"} needed. ${who}`,
  };
}
