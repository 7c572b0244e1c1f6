import type { Finding } from "../../model/finding.ts";
import type { Case } from "../case.ts";

/**
 * Requires an open (or already merged) PR, not a draft, from a branch of this repository into the
 * governed branch. A PR from a fork is never approved (F6).
 */
export function pullOpen({ snapshot }: Case): Finding {
  const { pull, repository } = snapshot;
  const found = { rule: "pull-open", code: "SOD-PULL-OPEN", facts: [`pull:${pull.number}`] };
  if (pull.crossRepository) {
    return {
      ...found,
      outcome: "violated",
      reason: "It comes from a fork: push the branch to this repository.",
    };
  }
  if (pull.baseRef !== repository.governedBranch) {
    return {
      ...found,
      outcome: "violated",
      reason: `It targets ${pull.baseRef}: access is governed on ${repository.governedBranch}.`,
    };
  }
  switch (pull.state) {
    case "closed":
      return {
        ...found,
        outcome: "pending",
        reason: "It is closed: reopen it, then ask for the approvals again.",
      };
    case "merged":
      return { ...found, outcome: "satisfied", reason: `It was merged into ${pull.baseRef}.` };
    case "open":
      if (!pull.draft) {
        return { ...found, outcome: "satisfied", reason: `It targets ${pull.baseRef}.` };
      }
      return {
        ...found,
        outcome: "pending",
        reason: "It is a draft: mark it ready for review.",
      };
  }
}
