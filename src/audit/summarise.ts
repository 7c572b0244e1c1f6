import type { AuditCase } from "./audit-case.ts";
import type { AuditMode } from "./audit-report.ts";
import type { AuditReport, KeyUse, LedgerHead, TrustRootUse } from "./audit-report.ts";
import { requestLives } from "../core/plan/request-life.ts";
import { reviewStates } from "../core/plan/review-states.ts";
import { clearingsOf } from "../core/plan/open-violations.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import { entriesOf, newestEntry } from "../core/attest/ledger-view.ts";
import { keyRoleOf, trustRootDigest } from "../core/attest/trust-root.ts";
import type { TrustEra, TrustTimeline } from "../core/attest/trust-timeline.ts";
import type { Entry, LedgerBranch } from "../core/model/entry.ts";

/** Counts what was verified, for the head of a report. */
export function summarise(
  { view, now }: AuditCase,
  trust: TrustTimeline,
  mode: AuditMode,
): Pick<
  AuditReport,
  | "repository"
  | "trustRoots"
  | "heads"
  | "entries"
  | "signatures"
  | "period"
  | "requests"
  | "reviews"
  | "cleared"
> {
  const entries = [...view.decisions, ...view.executions];
  const branches: readonly LedgerBranch[] = ["audit/decisions", "audit/executions"];
  return {
    repository: trust.eras[0]?.trustRoot.repository ?? null,
    trustRoots: trust.eras.map(trustRootUse),
    heads: branches.flatMap((branch) => headOf(newestEntry(view, branch))),
    entries: counted(entries.map(({ type }) => type)).map(([type, count]) => ({ type, count })),
    signatures: counted(entries.map(({ keyid }) => keyid)).map(([keyid, count]) => {
      return { keyid, count, keyRole: keyRoleIn(trust, keyid) };
    }),
    period: periodOf(entries),
    ...(mode === "chain" ? nothingJudged : judged(view, now)),
  };
}

function trustRootUse({ trustRoot, decisionsAfter, executionsAfter }: TrustEra): TrustRootUse {
  return {
    version: trustRoot.version,
    digest: trustRootDigest(trustRoot),
    decisionsFrom: decisionsAfter + 1,
    executionsFrom: executionsAfter + 1,
    keyRoles: trustRoot.keyRoles,
  };
}

/** What is only known of entries that were read: see `AuditMode`. */
type Judged = Pick<AuditReport, "requests" | "reviews" | "cleared">;

const nothingJudged: Judged = { requests: [], reviews: [], cleared: [] };

function judged(view: LedgerView, now: Date): Judged {
  const states = [...requestLives(view).values()].map(({ state }) => state);
  return {
    requests: counted(states).map(([state, count]) => ({ state, count })),
    reviews: reviewStates(view, now),
    cleared: clearedViolations(view),
  };
}

function clearedViolations(view: LedgerView): AuditReport["cleared"] {
  const clearings = clearingsOf(view.decisions);
  return entriesOf(view, "violation").flatMap(({ seq, inputs, result }) => {
    const clearing = clearings.get(seq);
    if (clearing === undefined) return [];
    const { login } = clearing.inputs.asked.actor;
    return [{ seq, pull: inputs.pull, code: result.code, by: login, at: clearing.at }];
  });
}

function headOf(entry: Entry | null): readonly LedgerHead[] {
  if (entry === null) return [];
  const { branch, seq, digest, commit } = entry;
  return [{ branch, seq, digest, commit }];
}

function counted<T>(values: readonly T[]): readonly (readonly [T, number])[] {
  return [...Map.groupBy(values, (value) => value)].map(([value, same]) => [value, same.length]);
}

function keyRoleIn({ eras }: TrustTimeline, keyid: string): KeyUse["keyRole"] {
  const role = eras.map(({ trustRoot }) => keyRoleOf(trustRoot, keyid)).find((one) => one !== null);
  return role ?? "unknown";
}

function periodOf(entries: readonly Entry[]): AuditReport["period"] {
  const times = entries.map(({ at }) => at).sort((a, b) => Date.parse(a) - Date.parse(b));
  const [from, to] = [times[0], times.at(-1)];
  return from === undefined || to === undefined ? null : { from, to };
}
