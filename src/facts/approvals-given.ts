import type { LedgerView } from "../core/attest/ledger-view.ts";
import { entriesOf, entryByDigest } from "../core/attest/ledger-view.ts";
import type { ApprovalGiven } from "../core/model/snapshot.ts";
import type { RequestQuestion } from "./request-question.ts";

/** Lists the merged requests that people of this one approved since the longest window began, oldest first. */
export function approvalsGiven(
  view: LedgerView,
  { requesters, since, pull }: RequestQuestion,
): readonly ApprovalGiven[] {
  return entriesOf(view, "merge")
    .filter((merge) => merge.inputs.pull !== pull && !(new Date(merge.at) < since))
    .flatMap(({ at, inputs }) => {
      const decision = entryByDigest(view, "decision", inputs.decision)?.result.decision;
      const approvers = [...new Set(decision?.approvals.map(({ person }) => person))];
      if (decision?.kind !== "request" || !approvers.some((one) => requesters.has(one))) return [];
      const asked = decision.excluded.filter(({ from }) => from === "requester");
      return [{ pull: inputs.pull, at, approvers, requesters: asked.map(({ person }) => person) }];
    });
}
