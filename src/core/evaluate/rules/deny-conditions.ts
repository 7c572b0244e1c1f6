import type { Finding } from "../../model/finding.ts";
import type { Case } from "../case.ts";
import { conditionOutcomes } from "../condition-outcomes.ts";
import type { PolicyCondition } from "../condition-outcomes.ts";

/**
 * Requires that no deny condition of any policy that applies holds, now or by the policy in force when it was opened. A
 * condition that cannot be evaluated denies as well. Each that denies is a finding of its own, with the policy's code.
 */
export function denyConditions(given: Case): readonly Finding[] {
  const { request, governance } = given;
  const found = { rule: "deny-conditions", code: "SOD-CONDITIONS", facts: [] };
  if (request === null || governance === null) {
    return [{ ...found, outcome: "indeterminate", reason: "Its conditions are not known." }];
  }
  const outcomes = conditionOutcomes(given, governance, request);
  const against = outcomes.flatMap((condition) => denial(condition) ?? []);
  if (against.length > 0) return against;
  const reason =
    outcomes.length === 0
      ? "No policy has a deny condition."
      : `None of the ${outcomes.length} deny conditions holds.`;
  return [{ ...found, outcome: "satisfied", reason }];
}

function denial({ policy, code, message, outcome }: PolicyCondition): Finding | null {
  if (outcome.outcome === "does-not-hold") return null;
  const reason =
    outcome.outcome === "holds"
      ? message
      : `The condition ${code} of the policy ${policy} could not be evaluated: ${outcome.reason}`;
  return {
    rule: "deny-conditions",
    code,
    outcome: "violated",
    reason,
    facts: [`policy:${policy}`],
  };
}
