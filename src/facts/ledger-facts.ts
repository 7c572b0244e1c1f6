import type { LedgerView } from "../core/attest/ledger-view.ts";
import { entriesOf } from "../core/attest/ledger-view.ts";
import type {
  AskedBy,
  Change,
  Confirmation,
  EarlyEnding,
  LedgerFacts,
  Observation,
  RequestRecord,
  RerouteRecord,
} from "../core/model/snapshot.ts";
import type { Reroute } from "../core/model/command.ts";
import type { EntryOf } from "../core/model/entry.ts";
import { governedPath, isTrustRoot } from "../core/parse/governed-path.ts";
import { accessOf } from "./access-of.ts";
import { approvalsGiven } from "./approvals-given.ts";
import { emergencies, reviews } from "./emergencies.ts";
import { holdings } from "./holdings.ts";
import { linkedPulls, openings } from "./linked-pulls.ts";
import { newestDecisionOn } from "./newest-decision.ts";
import { openViolations } from "./open-violations.ts";
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
  const linked = request === null ? [] : linkedPulls(view, request);
  return {
    observations: observationsOf(view, pull),
    requests,
    reroutes: reroutesOf(view, new Set([pull, ...linked.map((one) => one.pull)])),
    violations: openViolations(view, {
      ...{ pull, requests: names },
      paths: changes.map(({ path }) => path),
    }),
    openings: request === null ? [] : openings(view, request),
    linked,
    remembered: { denials: newest?.denials ?? [], excluded: newest?.excluded ?? [] },
    holdings: request === null ? [] : holdings(view, request),
    approvalsGiven: request === null ? [] : approvalsGiven(view, request),
    emergencies: request === null ? [] : emergencies(view, request),
    reviews: reviews(view, pull, request),
    trustRoots: changes.some(({ path }) => isTrustRoot(path)) ? trustRootsOn(view) : [],
  };
}

function trustRootsOn(view: LedgerView): LedgerFacts["trustRoots"] {
  return entriesOf(view, "trust-root").map(({ inputs }) => inputs.trustRoot);
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
    access: accessOf(view, name),
    notAfter: decided?.result.decision.notAfter ?? null,
    asked: askedBy(view, name, first?.inputs.pull ?? null),
    incident: incidentOf(view, name, first?.inputs.pull ?? null),
    ending: endingOf(view, name, first?.inputs.pull ?? null),
  };
}

/**
 * Who asked for it, on the PR that claimed the name: by the decision it was merged by, and before that by the first one.
 * Whoever pushes another name into the file later has not asked.
 */
function askedBy(view: LedgerView, name: string, pull: number | null): AskedBy | null {
  const own = entriesOf(view, "decision").filter(
    ({ result: { decision } }) => decision.pull === pull && decision.request?.name === name,
  );
  const merge = entriesOf(view, "merge").find(({ inputs }) => inputs.pull === pull);
  const first = own.find(({ digest }) => digest === merge?.inputs.decision) ?? own[0];
  const request = first?.result.decision.request ?? null;
  if (first === undefined || request === null) return null;
  const { author } = first.inputs.snapshot.pull;
  return { requester: request.requester, beneficiary: request.beneficiary.name, author };
}

/** The incident of the newest decision that could read the request, on the PR that claimed the name. */
function incidentOf(view: LedgerView, name: string, pull: number | null): string | null {
  const newest = entriesOf(view, "decision").findLast(
    ({ result: { decision } }) => decision.pull === pull && decision.request?.name === name,
  );
  return newest?.result.decision.request?.incident ?? null;
}

/** A name belongs to the PR that claimed it; from another one only a removal reaches it. */
function endingOf(view: LedgerView, name: string, pull: number | null): EarlyEnding | null {
  const ending = entriesOf(view, "ending").find(
    ({ inputs, result }) =>
      inputs.request === name && (inputs.pull === pull || result.cause === "revoked"),
  );
  const expired = entriesOf(view, "expired-unapproved").find(
    ({ inputs }) => inputs.pull === pull && inputs.request === name,
  );
  if (ending === undefined && expired !== undefined) {
    return { cause: "expired-unapproved", by: "pendingTimeout", at: expired.at };
  }
  if (ending === undefined) return null;
  return { cause: ending.result.cause, by: ending.inputs.by?.login ?? "ghost", at: ending.at };
}

function reroutesOf(view: LedgerView, pulls: ReadonlySet<number>): readonly RerouteRecord[] {
  const commands = entriesOf(view, "command").filter(({ inputs }) => pulls.has(inputs.pull));
  return commands.flatMap(({ result: { effect } }) =>
    effect?.kind === "reroute"
      ? [{ reroute: effect.reroute, confirmed: confirmationOf(commands, effect.reroute) }]
      : [],
  );
}

function confirmationOf(
  commands: readonly EntryOf<"command">[],
  { pull, comment }: Reroute,
): Confirmation | null {
  for (const { at, inputs, result } of commands) {
    const { effect } = result;
    if (inputs.pull !== pull || effect?.kind !== "confirmation") continue;
    if (effect.reroute === comment) return { by: effect.by, at };
  }
  return null;
}
