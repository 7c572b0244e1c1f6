import { entriesOf } from "../../core/attest/ledger-view.ts";
import type { LedgerView } from "../../core/attest/ledger-view.ts";
import type { DecidedRequest } from "../../core/model/decision.ts";
import type { EntryOf } from "../../core/model/entry.ts";
import { requestLives, requestsOf } from "../../core/plan/request-life.ts";
import type { LifeState } from "../../core/plan/request-life.ts";
import { grantedAccess } from "./granted-access.ts";
import type { GrantedAccess } from "./granted-access.ts";
import { mergedRequests, reportedApprovals } from "./merged-requests.ts";
import type { MergedRequest } from "./merged-requests.ts";
import type { ReportedAccess, ReportedRequest, ReportPeriod } from "./model.ts";
import { isWithin, secondsBetween } from "./period.ts";

/**
 * Lists the requests of a period, in the order in which they were first asked for: those that an entry of the period is about,
 * and those that were not over at its end. The view must end with the period.
 */
export function reportedRequests(
  view: LedgerView,
  period: ReportPeriod,
): readonly ReportedRequest[] {
  const lives = requestLives(view);
  const touched = touchedWithin(view, period);
  const known = knownOf(view);
  return firstAsked(view).flatMap((asked) => {
    const { name } = asked.result;
    const state = lives.get(name)?.state ?? "waiting";
    if (!touched.has(name) && over.has(state)) return [];
    return [reported(asked, state, known)];
  });
}

const over: ReadonlySet<LifeState> = new Set<LifeState>([
  "grant failed",
  "ended",
  "lapsed",
  "cancelled",
  "withdrawn",
  "revoked",
  "incident closed",
  "expired unapproved",
]);

/** What is looked up by the number of the pull request or the name of the request. */
interface Known {
  readonly decisions: ReadonlyMap<number, readonly EntryOf<"decision">[]>;
  readonly merged: ReadonlyMap<number, MergedRequest>;
  readonly granted: ReadonlyMap<string, GrantedAccess>;
}

function knownOf(view: LedgerView): Known {
  return {
    decisions: Map.groupBy(entriesOf(view, "decision"), ({ result }) => result.decision.pull),
    merged: new Map(mergedRequests(view).map((one) => [one.decision.result.decision.pull, one])),
    granted: new Map(grantedAccess(view).map((one) => [one.grant.request, one])),
  };
}

/** A name belongs to the pull request that used it first. */
function firstAsked(view: LedgerView): readonly EntryOf<"request">[] {
  const first = new Map<string, EntryOf<"request">>();
  for (const entry of entriesOf(view, "request")) {
    if (!first.has(entry.result.name)) first.set(entry.result.name, entry);
  }
  return [...first.values()];
}

function touchedWithin({ decisions, executions }: LedgerView, period: ReportPeriod) {
  const within = [...decisions, ...executions].filter(({ at }) => isWithin(period, at));
  return new Set(within.flatMap(requestsOf));
}

function reported(
  { at: askedAt, inputs, result }: EntryOf<"request">,
  state: LifeState,
  known: Known,
): ReportedRequest {
  const { pull, author } = inputs;
  const ofThis = ({ result: { decision } }: EntryOf<"decision">): boolean =>
    decision.request?.name === result.name;
  const decisions = (known.decisions.get(pull) ?? []).filter(ofThis);
  const merged = known.merged.get(pull);
  const mergedBy = merged?.request.name === result.name ? merged : undefined;
  const approved =
    mergedBy?.decision ??
    decisions.findLast(({ result: { decision } }) => decision.verdict === "approved");
  const granted = known.granted.get(result.name);
  const approvedAt = approved?.at ?? null;
  return {
    ...{ request: result.name, pull, state, askedAt, askedBy: author?.login ?? null },
    access: accessOf((approved ?? decisions.at(-1))?.result.decision.request ?? null),
    approvedAt,
    approvals: reportedApprovals(approved?.result.decision.approvals ?? []),
    secondsToApprove: approvedAt === null ? null : secondsBetween(askedAt, approvedAt),
    mergedAt: mergedBy?.mergedAt ?? null,
    startsAt: granted?.grant.startsAt ?? null,
    expiresAt: granted?.grant.expiresAt ?? null,
    goneAt: granted?.goneAt ?? null,
    revokeCause: granted?.revokeCause ?? null,
    secondsToRevoke: granted?.secondsToRevoke ?? null,
  };
}

function accessOf(request: DecidedRequest | null): ReportedAccess | null {
  if (request === null) return null;
  const { kind, requester, beneficiary, target, entitlement, tier, incident } = request;
  return { kind, requester, beneficiary: beneficiary.name, target, entitlement, tier, incident };
}
