import { entriesOf, entryByDigest } from "../../core/attest/ledger-view.ts";
import type { LedgerView } from "../../core/attest/ledger-view.ts";
import type { ReportPeriod, UsedDelegation } from "./model.ts";
import { isWithin } from "./period.ts";

/** Lists the approvals that somebody gave for somebody else, of whatever was merged in the period, policies among it (P8). */
export function usedDelegations(view: LedgerView, period: ReportPeriod): readonly UsedDelegation[] {
  return entriesOf(view, "merge").flatMap(({ at, inputs }) => {
    const decision = entryByDigest(view, "decision", inputs.decision)?.result.decision;
    if (decision === undefined || !isWithin(period, at)) return [];
    return decision.approvals.flatMap(({ person, role, actsFor }) => {
      if (actsFor === null) return [];
      const { from, until } = actsFor;
      const request = decision.request?.name ?? null;
      return [{ pull: inputs.pull, request, mergedAt: at, role, from, to: person, until }];
    });
  });
}
