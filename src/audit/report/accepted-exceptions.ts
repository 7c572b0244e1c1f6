import type { LedgerView } from "../../core/attest/ledger-view.ts";
import { mergedRequests, reportedApprovals } from "./merged-requests.ts";
import type { MergedRequest } from "./merged-requests.ts";
import type { ReportedException, ReportPeriod } from "./model.ts";
import { isWithin } from "./period.ts";
import { requestDocument } from "./request-document.ts";

/** Lists each conflict of duties that was accepted with a request merged in the period (static SoD; AC-5). */
export function acceptedExceptions(
  view: LedgerView,
  period: ReportPeriod,
): readonly ReportedException[] {
  return mergedRequests(view)
    .filter(({ mergedAt }) => isWithin(period, mergedAt))
    .flatMap((merged) => conflictsOf(merged).map((conflict) => exception(merged, conflict)));
}

/** The conflicts that the decision itself names: what the request names beside them was not needed. */
function conflictsOf({ decision }: MergedRequest): readonly string[] {
  const facts = decision.result.decision.findings
    .filter(({ code }) => code === "SOD-CONFLICT")
    .flatMap((finding) => finding.facts);
  const named = facts.filter((fact) => fact.startsWith(prefix));
  return [...new Set(named)].map((fact) => fact.slice(prefix.length));
}

const prefix = "conflict:";

function exception(
  { decision, mergedAt, request }: MergedRequest,
  conflict: string,
): ReportedException {
  const document = requestDocument(decision);
  const exceptions =
    document === null || document.kind === "BreakGlassRequest" ? [] : document.spec.exceptions;
  return {
    request: request.name,
    pull: decision.result.decision.pull,
    mergedAt,
    conflict,
    reason: exceptions?.find((one) => one.conflict === conflict)?.reason ?? null,
    compensatingControls: document?.spec.compensatingControls ?? [],
    approvals: reportedApprovals(decision.result.decision.approvals),
  };
}
