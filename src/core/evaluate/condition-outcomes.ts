import type { Governance } from "../model/governance.ts";
import type { Case, OpenRequest } from "./case.ts";

export interface ConditionOutcome {
  readonly policy: string;
  readonly code: string;
  readonly message: string;
  readonly outcome:
    | { readonly outcome: "holds" }
    | { readonly outcome: "does-not-hold" }
    | { readonly outcome: "error"; readonly reason: string };
}

export function conditionOutcomes(
  _given: Case,
  _governance: Governance,
  _request: OpenRequest,
): readonly ConditionOutcome[] {
  return [];
}
