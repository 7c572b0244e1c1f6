import type { LedgerView } from "../../core/attest/ledger-view.ts";
import { mergedRequests } from "./merged-requests.ts";
import type { ApprovedFor, MutualApproval, ReportPeriod } from "./model.ts";
import { isWithin } from "./period.ts";

/**
 * Lists the pairs of people who approved each other's merged requests, at least one of them in the period and the other at any
 * time before its end (rule 9, AC-5). It is no accusation: two people may have good reason to. The view must end with the
 * period.
 */
export function mutualApprovals(view: LedgerView, period: ReportPeriod): readonly MutualApproval[] {
  const given = approvalsByPair(view);
  return [...given].flatMap(([approver, byRequester]) =>
    [...byRequester].flatMap(([requester, approvals]) => {
      const returned = given.get(requester)?.get(approver) ?? [];
      // Each pair once, and nobody with themselves, which would be a finding of the audit.
      if (returned.length === 0 || !(approver < requester)) return [];
      if (![...approvals, ...returned].some(({ at }) => isWithin(period, at))) return [];
      return [{ people: [approver, requester] as const, given: approvals, returned }];
    }),
  );
}

type ByRequester = Map<string, ApprovedFor[]>;

/** By approver and then by everybody who is a requester of what they approved. */
function approvalsByPair(view: LedgerView): ReadonlyMap<string, ByRequester> {
  const pairs = new Map<string, ByRequester>();
  for (const { mergedAt, decision } of mergedRequests(view)) {
    const { pull, approvals, excluded } = decision.result.decision;
    const requesters = excluded.filter(({ from }) => from === "requester");
    for (const approver of new Set(approvals.map(({ person }) => person))) {
      const byRequester: ByRequester = pairs.get(approver) ?? new Map<string, ApprovedFor[]>();
      pairs.set(approver, byRequester);
      for (const requester of new Set(requesters.map(({ person }) => person))) {
        const known = byRequester.get(requester) ?? [];
        byRequester.set(requester, [...known, { pull, at: mergedAt }]);
      }
    }
  }
  return pairs;
}
