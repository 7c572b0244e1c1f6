import type { Finding } from "../../model/finding.ts";
import type { Case } from "../case.ts";

/**
 * Requires an open (or already merged) PR, not a draft, from a branch of this repository into the
 * governed branch. A draft that somebody merged by hand stays a draft: nobody was asked. A PR from a fork is never approved (F6).
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
  if (pull.state === "closed") {
    return {
      ...found,
      outcome: "pending",
      reason: "It is closed: reopen it, then ask for the approvals again.",
    };
  }
  if (pull.draft) {
    return { ...found, outcome: "pending", reason: "It is a draft: mark it ready for review." };
  }
  const reason =
    pull.state === "merged" ? `It was merged into ${pull.baseRef}.` : `It targets ${pull.baseRef}.`;
  return { ...found, outcome: "satisfied", reason };
}
