import { successionDefect } from "../../attest/trust-root-succession.ts";
import type { Finding } from "../../model/finding.ts";
import type { Governance } from "../../model/governance.ts";
import type { Problem } from "../../model/problem.ts";
import { isTrustRoot } from "../../parse/governed-path.ts";
import { governanceOf } from "../governance-of.ts";
import type { Case } from "../case.ts";
import { roleLint } from "../role-lint.ts";
import { governanceAfter } from "../self-gain.ts";

/**
 * Requires that governance as it would be after the merge parses, and that it leaves nobody without a voice who has one now and
 * no request without approvers (role lint). New keys are accepted by the keys before them, not by a review: a change of the trust
 * root has to be signed by the root keys of the one on record, beside all that every change of governance needs.
 */
export function policyValid(given: Case): Finding {
  const found = {
    rule: "policy-valid",
    code: "SOD-POLICY",
    facts: given.snapshot.pull.changes.map(({ path }) => `path:${path}`),
  };
  const parsed = governanceOf(governanceAfter(given));
  const faults = parsed.ok
    ? [...newLint(given.governance, parsed.value).map(inWords), ...unsigned(given, parsed.value)]
    : parsed.problems.map(inWords);
  if (parsed.ok && faults.length === 0) {
    return { ...found, outcome: "satisfied", reason: "The governance it leads to has no error." };
  }
  const first = faults.slice(0, 1).join("");
  return {
    ...found,
    outcome: "violated",
    reason: `The governance it leads to has an error. ${first}`,
  };
}

function inWords({ path, line, column, message, fix }: Problem): string {
  return `${path}:${line}:${column}: ${message} ${fix}`;
}

/** Why the trust root that it leads to may not follow the one on record; nothing when it leaves both files alone. */
function unsigned(
  { snapshot }: Case,
  { trustRoot, trustRootSignatures }: Governance,
): readonly string[] {
  if (!snapshot.pull.changes.some(({ path }) => isTrustRoot(path))) return [];
  const defect = successionDefect(snapshot.ledger.trustRoots, trustRoot, trustRootSignatures);
  if (defect === null) return [];
  return [
    "governance/trust-root.json and trust-root.signatures.json change together, to the next trust root, signed with " +
      `\`countersign trust-root sign\`. This one may not follow (${defect.code}): ${defect.detail}`,
  ];
}

/** What the change brings about; what was so before it blocks nothing. */
function newLint(before: Governance | null, after: Governance): readonly Problem[] {
  const known = new Set(before === null ? [] : roleLint(before).map(({ message }) => message));
  return roleLint(after).filter(({ message }) => !known.has(message));
}
