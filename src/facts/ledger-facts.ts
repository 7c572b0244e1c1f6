import type { LedgerView } from "../core/attest/ledger-view.ts";
import { entriesOf } from "../core/attest/ledger-view.ts";
import type { Change, LedgerFacts, Observation, RequestRecord } from "../core/model/snapshot.ts";
import { governedPath } from "../core/parse/governed-path.ts";
import { accessState } from "../core/plan/access-state.ts";
import { approvalsGiven } from "./approvals-given.ts";
import { holdings } from "./holdings.ts";
import { linkedPulls, openings } from "./linked-pulls.ts";
import { newestDecisionOn } from "./newest-decision.ts";
import type { RequestQuestion } from "./request-question.ts";

export interface LedgerQuestion {
  readonly pull: number;
  readonly changes: readonly Change[];
  /** `null` when the PR is no request that governance knows. */
  readonly request: RequestQuestion | null;
}

/** Collects what the verified ledgers hold about a PR, the request files it adds or removes, and who else asked for the same. */
export function ledgerFacts(
  view: LedgerView,
  { pull, changes, request }: LedgerQuestion,
): LedgerFacts {
  const requests = changes.flatMap(({ path }) => {
    const area = governedPath(path);
    return area.area === "request" ? [requestRecord(view, area.name, path)] : [];
  });
  const names = new Set(requests.map(({ name }) => name));
  const newest = newestDecisionOn(view, pull)?.result.decision;
  return {
    observations: observationsOf(view, pull),
    requests,
    violations: entriesOf(view, "violation")
      .filter(({ inputs }) => inputs.pull === pull || names.has(inputs.request ?? ""))
      .map(({ result }) => `${result.code}: ${result.detail}`),
    openings: request === null ? [] : openings(view, request),
    linked: request === null ? [] : linkedPulls(view, request),
    remembered: { denials: newest?.denials ?? [], excluded: newest?.excluded ?? [] },
    holdings: request === null ? [] : holdings(view, request),
    approvalsGiven: request === null ? [] : approvalsGiven(view, request),
  };
}

function observationsOf(view: LedgerView, pull: number): readonly Observation[] {
  return entriesOf(view, "approval-observed")
    .filter(({ inputs }) => inputs.pull === pull)
    .map(({ inputs, result, at, digest }) => ({
      review: inputs.review,
      reviewer: inputs.reviewer.id,
      commit: inputs.commit,
      contentDigest: result.contentDigest,
      baseRef: inputs.baseRef,
      state: inputs.state,
      observedAt: at,
      entry: digest,
    }));
}

function requestRecord(view: LedgerView, name: string, path: string): RequestRecord {
  const first = entriesOf(view, "request").find(({ result }) => result.name === name);
  const decided = entriesOf(view, "decision").findLast(
    ({ result }) =>
      result.decision.request?.name === name && result.decision.verdict === "approved",
  );
  return {
    name,
    path,
    firstPull: first?.inputs.pull ?? null,
    access: accessState(view.executions, name),
    notAfter: decided?.result.decision.notAfter ?? null,
  };
}
