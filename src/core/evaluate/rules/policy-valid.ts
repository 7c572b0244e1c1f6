import type { Finding } from "../../model/finding.ts";
import type { Governance } from "../../model/governance.ts";
import type { Problem } from "../../model/problem.ts";
import { governanceOf } from "../governance-of.ts";
import type { Case } from "../case.ts";
import { roleLint } from "../role-lint.ts";
import { governanceAfter } from "../self-gain.ts";

/**
 * Requires that governance as it would be after the merge parses, that it leaves nobody without a voice who has one now and
 * no request without approvers (role lint), and that the trust root stays as it is: new keys are accepted by the keys before
 * them, not by a review.
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
  const problems = parsed.ok ? newLint(given.governance, parsed.value) : parsed.problems;
  const [first] = problems;
  if (parsed.ok && first === undefined) {
    return { ...found, outcome: "satisfied", reason: "The governance it leads to has no error." };
  }
  const where = problems
    .slice(0, 1)
    .map(({ path, line, column, message, fix }) => `${path}:${line}:${column}: ${message} ${fix}`)
    .join("");
  return {
    ...found,
    outcome: "violated",
    reason: `The governance it leads to has an error. ${where}`,
  };
}

/** What the change brings about; what was so before it blocks nothing. */
function newLint(before: Governance | null, after: Governance): readonly Problem[] {
  const known = new Set(before === null ? [] : roleLint(before).map(({ message }) => message));
  return roleLint(after).filter(({ message }) => !known.has(message));
}
