import type { Finding } from "../../model/finding.ts";
import { governanceOf } from "../governance-of.ts";
import type { Case } from "../case.ts";
import { governanceAfter } from "../self-gain.ts";

/**
 * Requires that governance as it would be after the merge parses, and that the trust root stays as it
 * is: new keys are accepted by the keys before them, not by a review.
 */
export function policyValid(given: Case): Finding {
  const found = {
    rule: "policy-valid",
    code: "SOD-POLICY",
    facts: given.snapshot.pull.changes.map(({ path }) => `path:${path}`),
  };
  if (given.snapshot.pull.changes.some(({ path }) => path === "governance/trust-root.json")) {
    return {
      ...found,
      outcome: "violated",
      reason:
        "governance/trust-root.json is not changed by a pull request: this version has no rotation of keys.",
    };
  }
  const parsed = governanceOf(governanceAfter(given));
  if (parsed.ok) {
    return { ...found, outcome: "satisfied", reason: "The governance it leads to has no error." };
  }
  const [first] = parsed.problems;
  const where =
    first === undefined
      ? ""
      : `${first.path}:${first.line}:${first.column}: ${first.message} ${first.fix}`;
  return {
    ...found,
    outcome: "violated",
    reason: `The governance it leads to has an error. ${where}`,
  };
}
