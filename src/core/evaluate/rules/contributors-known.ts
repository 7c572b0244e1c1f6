import type { Finding } from "../../model/finding.ts";
import type { RequesterSet } from "../requester-set.ts";

/** Requires a person behind everybody who contributed: somebody unknown could be the approver (A2). */
export function contributorsKnown({ people, unresolved }: RequesterSet): Finding {
  const found = {
    rule: "contributors-known",
    code: "SOD-CONTRIBUTORS",
    facts: [...people.keys()].map((person) => `person:${person}`),
  };
  if (unresolved.length === 0 && people.size > 0) {
    return {
      ...found,
      outcome: "satisfied",
      reason: `Nobody of the requester set approves: ${[...people.keys()].sort().join(", ")}.`,
    };
  }
  return {
    ...found,
    outcome: "indeterminate",
    reason: unresolved.join(" ") || "Nobody is known to have asked.",
  };
}
