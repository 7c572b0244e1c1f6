import { entriesOf, entryByDigest } from "../../core/attest/ledger-view.ts";
import type { LedgerView } from "../../core/attest/ledger-view.ts";
import type { CountedApproval, DecidedRequest } from "../../core/model/decision.ts";
import type { EntryOf } from "../../core/model/entry.ts";
import type { ReportedApproval } from "./model.ts";

/** A request that was let in, with the decision it rests on. */
export interface MergedRequest {
  readonly mergedAt: string;
  readonly decision: EntryOf<"decision">;
  readonly request: DecidedRequest;
}

/** Lists the requests that were merged, oldest first; a merge whose decision is not on record is a finding and no request. */
export function mergedRequests(view: LedgerView): readonly MergedRequest[] {
  return entriesOf(view, "merge").flatMap(({ at, inputs, result }) => {
    const decision = entryByDigest(view, "decision", inputs.decision);
    const request = decision?.result.decision.request ?? null;
    if (result.kind !== "request" || decision === null || request === null) return [];
    return [{ mergedAt: at, decision, request }];
  });
}

/** Names who approved, in which role, and for whom where they acted for somebody else. */
export function reportedApprovals(
  approvals: readonly CountedApproval[],
): readonly ReportedApproval[] {
  return approvals.map(({ person, role, actsFor }) => ({
    person,
    role,
    actsFor: actsFor?.from ?? null,
  }));
}
