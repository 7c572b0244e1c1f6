import { entriesOf } from "../../core/attest/ledger-view.ts";
import type { LedgerView } from "../../core/attest/ledger-view.ts";
import { grantedAccess } from "./granted-access.ts";
import { mergedRequests, reportedApprovals } from "./merged-requests.ts";
import type { ReportedEmergency, ReportPeriod } from "./model.ts";
import { isWithin } from "./period.ts";
import { allReviews } from "./reported-reviews.ts";
import { requestDocument } from "./request-document.ts";

/** Lists the emergency access that was let in within the period, each with its review as it stood at the end of the period. */
export function reportedEmergencies(
  view: LedgerView,
  period: ReportPeriod,
): readonly ReportedEmergency[] {
  const granted = new Map(grantedAccess(view).map((one) => [one.grant.request, one]));
  const reviews = new Map(allReviews(view, period).map((one) => [one.pull, one]));
  const steps = Map.groupBy(entriesOf(view, "chain-step"), ({ inputs }) => inputs.pull);
  return mergedRequests(view)
    .filter(({ mergedAt, request }) => {
      return request.kind === "BreakGlassRequest" && isWithin(period, mergedAt);
    })
    .map(({ mergedAt, decision, request }) => {
      const { pull, approvals } = decision.result.decision;
      const { name, incident, requester, beneficiary, target, entitlement } = request;
      const document = requestDocument(decision);
      return {
        ...{ request: name, pull, mergedAt, incident, requester, target, entitlement },
        beneficiary: beneficiary.name,
        reason: document?.spec.reason ?? null,
        compensatingControls: document?.spec.compensatingControls ?? [],
        approvals: reportedApprovals(approvals),
        steps: (steps.get(pull) ?? []).map(({ inputs, result }) => ({
          step: inputs.step,
          opensAt: result.opensAt,
          people: result.people,
        })),
        startsAt: granted.get(name)?.grant.startsAt ?? null,
        goneAt: granted.get(name)?.goneAt ?? null,
        review: reviews.get(pull) ?? null,
      };
    });
}
