import type { Finding } from "../../model/finding.ts";
import type { Case } from "../case.ts";

/**
 * Requires the governance at the tip of the governed branch to parse, and every change of it since the
 * trust root to have a merged policy decision (design.md §3; CM-3 of NIST SP 800-53).
 */
export function governanceIntact(given: Case): Finding {
  const { governance, governanceProblems, snapshot, opening } = given;
  const { tip, provenance } = snapshot.governance;
  const found = {
    rule: "governance-intact",
    code: "SOD-GOVERNANCE",
    facts: [`commit:${tip}`],
  };
  if (provenance.status === "broken") {
    return {
      ...found,
      outcome: "indeterminate",
      reason: `The governance cannot be trusted since commit ${provenance.commit.slice(0, 8)}: ${provenance.reason}`,
      facts: [...found.facts, `commit:${provenance.commit}`],
    };
  }
  if (opening?.ok === false) {
    return {
      ...found,
      outcome: "indeterminate",
      reason: "The governance of when this was first asked for has an error.",
    };
  }
  if (governance !== null && governanceProblems.length === 0) {
    return { ...found, outcome: "satisfied", reason: `Governance was read at ${tip.slice(0, 8)}.` };
  }
  const [first] = governanceProblems;
  const where =
    first === undefined
      ? ""
      : ` ${first.path}:${first.line}:${first.column}: ${first.message} ${first.fix}`;
  return { ...found, outcome: "indeterminate", reason: `The governance has an error.${where}` };
}
