import type { Finding } from "../../model/finding.ts";
import type { Case } from "../case.ts";

/** Requires the PR to be exactly one of request, removal, policy and ungoverned (design.md §3). */
export function pullKind({ pull, snapshot }: Case): Finding {
  const facts = snapshot.pull.changes.map(({ path }) => `path:${path}`);
  const found = { rule: "pull-kind", code: "SOD-PULL-KIND", facts };
  if (pull.kind === "mixed") {
    return {
      ...found,
      outcome: "violated",
      reason: `This pull request is none of the kinds that can be judged. ${pull.reason}`,
    };
  }
  return {
    ...found,
    outcome: "satisfied",
    reason: `This pull request is of the kind ${pull.kind}.`,
  };
}
