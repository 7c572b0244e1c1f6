import { emptyView, extendView } from "../../core/attest/ledger-view.ts";
import type { LedgerView } from "../../core/attest/ledger-view.ts";
import type { ReportPeriod } from "./model.ts";

/**
 * Shows the ledgers as they stood at the end of a period: half-open, without the entries of that instant. What was recorded
 * later about the period, such as a review, belongs to the report of a later one.
 */
export function viewUntil({ decisions, executions }: LedgerView, end: string): LedgerView {
  const before = Date.parse(end);
  return extendView(
    emptyView,
    [...decisions, ...executions].filter(({ at }) => Date.parse(at) < before),
  );
}

/** Says whether an instant lies in the period, which is half-open. */
export function isWithin({ from, to }: ReportPeriod, at: string): boolean {
  const instant = Date.parse(at);
  return instant >= Date.parse(from) && instant < Date.parse(to);
}

/** Says how many seconds lie between two instants; none when the second is not later. */
export function secondsBetween(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}
