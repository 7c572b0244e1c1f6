import type { LedgerView } from "../../core/attest/ledger-view.ts";
import type { AuditReport } from "../audit-report.ts";
import { acceptedExceptions } from "./accepted-exceptions.ts";
import { controlEvidence, entryCounts } from "./control-evidence.ts";
import { durationFigures } from "./duration-figures.ts";
import { grantedAccess } from "./granted-access.ts";
import { grantsInEffect } from "./grants-in-effect.ts";
import { failedRevokes, overdueRevokes } from "./late-revokes.ts";
import { reportSchema } from "./model.ts";
import type { PeriodReport, ReportedRequest, ReportPeriod } from "./model.ts";
import { mutualApprovals } from "./mutual-approvals.ts";
import { isWithin, viewUntil } from "./period.ts";
import { refusedCommands, reportedReroutes } from "./reported-commands.ts";
import { reportedEmergencies } from "./reported-emergencies.ts";
import { reportedRequests } from "./reported-requests.ts";
import { reportedReviews } from "./reported-reviews.ts";
import { reportedViolations } from "./reported-violations.ts";
import { revokeSpread } from "./revoke-spread.ts";
import { usedDelegations } from "./used-delegations.ts";

/**
 * Computes the report of a period from verified ledgers and what the audit of the whole record found. Pure: the same ledgers and
 * the same period give the same report.
 */
export function buildReport(
  { repository, root, main, heads, findings }: AuditReport,
  whole: LedgerView,
  period: ReportPeriod,
): PeriodReport {
  const view = viewUntil(whole, period.to);
  const requests = reportedRequests(view, period);
  const entries = entryCounts(view, period);
  const revokeSeconds = revokedWithin(view, period);
  return {
    schema: reportSchema,
    ...{ repository, root, main, heads, period, findings, entries, requests },
    states: statesOf(requests),
    timeToApprove: durationFigures(approvedWithin(requests, period)),
    timeToRevoke: durationFigures(revokeSeconds),
    exceptions: acceptedExceptions(view, period),
    emergencies: reportedEmergencies(view, period),
    reviews: reportedReviews(view, period),
    reroutes: reportedReroutes(view, period),
    refusedCommands: refusedCommands(view, period),
    delegations: usedDelegations(view, period),
    overdueRevokes: overdueRevokes(view, period),
    failedRevokes: failedRevokes(view, period),
    reciprocity: mutualApprovals(view, period),
    violations: reportedViolations(view, period),
    controls: controlEvidence(entries),
    grantsInEffect: grantsInEffect(view, period),
    revokeSpread: revokeSpread(revokeSeconds),
  };
}

function statesOf(requests: readonly ReportedRequest[]): PeriodReport["states"] {
  return [...Map.groupBy(requests, ({ state }) => state)].map(([state, same]) => {
    return { state, count: same.length };
  });
}

function approvedWithin(
  requests: readonly ReportedRequest[],
  period: ReportPeriod,
): readonly number[] {
  return requests.flatMap(({ approvedAt, secondsToApprove }) =>
    approvedAt === null || secondsToApprove === null || !isWithin(period, approvedAt)
      ? []
      : [secondsToApprove],
  );
}

function revokedWithin(view: LedgerView, period: ReportPeriod): readonly number[] {
  return grantedAccess(view).flatMap(({ goneRecordedAt, secondsToRevoke }) =>
    goneRecordedAt === null || secondsToRevoke === null || !isWithin(period, goneRecordedAt)
      ? []
      : [secondsToRevoke],
  );
}
