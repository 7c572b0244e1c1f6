import type { LedgerView } from "../../core/attest/ledger-view.ts";
import { grantedAccess } from "./granted-access.ts";
import type { FailedRevoke, OverdueRevoke, ReportPeriod } from "./model.ts";
import { isWithin, secondsBetween } from "./period.ts";

/**
 * Lists the access that should have been over by the end of the period and was not read back as gone, the longest overdue
 * first (P9; AC-2). Half-open: what is due at the end of the period is overdue. The view must end with the period.
 */
export function overdueRevokes(view: LedgerView, { to }: ReportPeriod): readonly OverdueRevoke[] {
  return grantedAccess(view)
    .filter(({ goneAt, due }) => goneAt === null && !(Date.parse(to) < Date.parse(due)))
    .map(({ grant, due, failures }) => {
      const { request, target, identity, permission } = grant;
      const overdueSeconds = secondsBetween(due, to);
      const failedAttempts = failures.length;
      return { request, target, identity, permission, due, overdueSeconds, failedAttempts };
    })
    .sort((a, b) => b.overdueSeconds - a.overdueSeconds);
}

/** Lists the revokes that failed within the period, also those that worked later, by grant. */
export function failedRevokes(view: LedgerView, period: ReportPeriod): readonly FailedRevoke[] {
  return grantedAccess(view).flatMap(({ grant, goneAt, failures }) => {
    const { request, target, identity, permission } = grant;
    return failures
      .filter(({ at }) => isWithin(period, at))
      .map(({ at, seq, result: { detail } }) => {
        return { request, target, identity, permission, at, seq, detail, goneAt };
      });
  });
}
