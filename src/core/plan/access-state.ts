import type { Draft, Entry, EntryDraft, EntryOf, RevokeCause } from "../model/entry.ts";
import type { Grant } from "../model/grant.ts";
import type { AccessState } from "../model/snapshot.ts";

/** What happened to a grant, written to the ledger or still waiting on the executor's own disk. */
export type ExecutionRecord = Entry | EntryDraft;

/** A grant that was intended and not read back as gone. */
export interface OpenGrant {
  readonly grant: Grant;
  /** `intended`: it may or may not be in effect, a crash or an unreachable target came in between. */
  readonly phase: "intended" | "active" | "revoking" | "revoke-failed";
  /** Digest of its grant-intent entry; `null` when only later records are known. */
  readonly intent: string | null;
  readonly decision: string | null;
  readonly merge: string | null;
  /** Its provisioning was recorded as failed: what it may have left has to be taken out. */
  readonly failed: "yes" | "no";
  /** Why it is being revoked; `null` before its revoke-intent. A revoke once begun is never called off. */
  readonly cause: RevokeCause | null;
}

/**
 * Tells where the access of each request stands, by the executions ledger alone and in one walk over it; a request that is not
 * in it never began (`none`). An intent counts as `active`: the target may hold the access, and only a read-back says that it
 * does not (P13).
 */
export function accessStates(
  executions: readonly ExecutionRecord[],
): ReadonlyMap<string, AccessState> {
  const states = new Map<string, AccessState>();
  for (const trace of traceGrants(executions).values()) {
    const { request } = trace.grant;
    states.set(request, worse(states.get(request) ?? "none", stateOf(trace)));
  }
  return states;
}

function stateOf({ ended, revokeFailed }: Trace): AccessState {
  if (ended === "yes") return "ended";
  return revokeFailed === "yes" ? "failed" : "active";
}

/** Of two grants of one request the one that needs more attention speaks for it. */
function worse(a: AccessState, b: AccessState): AccessState {
  return byAttention.indexOf(a) > byAttention.indexOf(b) ? a : b;
}

const byAttention: readonly AccessState[] = ["none", "ended", "active", "failed"];

/** Lists the grants that are not read back as gone, each with its phase, sorted by their end and id. */
export function openGrants(executions: readonly ExecutionRecord[]): readonly OpenGrant[] {
  return [...traceGrants(executions).values()]
    .filter(({ ended }) => ended === "no")
    .map(openGrant)
    .sort(byEnd);
}

/** Finds the grant that a record is about; `null` when it is about none. */
export function grantOf(record: ExecutionRecord): Grant | null {
  if (record.type === "grant-intent") return record.result.grant;
  if (record.type === "grant") return record.inputs.grant;
  if (record.type === "revoke-intent" || record.type === "revoke-failed") {
    return record.inputs.grant;
  }
  if (isEnd(record)) return record.inputs.grant;
  return null;
}

type EndRecord = Extract<ExecutionRecord, { type: (typeof endTypes)[number] }>;

const endTypes = ["revoke", "externally-removed", "nothing-to-do"] as const;

function isEnd(record: ExecutionRecord): record is EndRecord {
  return endTypes.some((type) => type === record.type);
}

interface Trace {
  grant: Grant;
  intent: string | null;
  decision: string | null;
  merge: string | null;
  provisioned: "yes" | "no";
  failed: "yes" | "no";
  cause: RevokeCause | null;
  revokeFailed: "yes" | "no";
  ended: "yes" | "no";
}

// Records may come from ledger and disk in any order, so that facts are collected, not replayed.
function traceGrants(executions: readonly ExecutionRecord[]): ReadonlyMap<string, Trace> {
  const traces = new Map<string, Trace>();
  const failedIntents = new Set<string>();
  for (const record of executions) {
    if (record.type === "grant-failed" && record.inputs.intent !== null) {
      failedIntents.add(record.inputs.intent);
    }
    const grant = grantOf(record);
    if (grant === null) continue;
    const trace = traces.get(grant.id) ?? newTrace(grant);
    note(trace, record);
    traces.set(grant.id, trace);
  }
  for (const trace of traces.values()) {
    if (trace.intent !== null && failedIntents.has(trace.intent)) trace.failed = "yes";
  }
  return traces;
}

function newTrace(grant: Grant): Trace {
  return {
    grant,
    intent: null,
    decision: null,
    merge: null,
    provisioned: "no",
    failed: "no",
    cause: null,
    revokeFailed: "no",
    ended: "no",
  };
}

function note(trace: Trace, record: ExecutionRecord): void {
  if (record.type === "grant-intent") noteIntent(trace, record);
  if (record.type === "grant") trace.provisioned = "yes";
  if (record.type === "revoke-intent") trace.cause = record.inputs.cause;
  if (record.type === "revoke-failed") trace.revokeFailed = "yes";
  if (isEnd(record)) trace.ended = "yes";
}

function noteIntent(trace: Trace, record: EntryOf<"grant-intent"> | Draft<"grant-intent">): void {
  trace.grant = record.result.grant;
  trace.intent = "digest" in record ? record.digest : null;
  trace.decision = record.inputs.decision;
  trace.merge = record.inputs.merge;
}

function openGrant(trace: Trace): OpenGrant {
  const { grant, intent, decision, merge, failed, cause } = trace;
  return { grant, phase: phaseOf(trace), intent, decision, merge, failed, cause };
}

function phaseOf({ revokeFailed, cause, provisioned }: Trace): OpenGrant["phase"] {
  if (revokeFailed === "yes") return "revoke-failed";
  if (cause !== null) return "revoking";
  if (provisioned === "yes") return "active";
  return "intended";
}

/** Orders grants by their end and id. */
export function byEnd({ grant: a }: OpenGrant, { grant: b }: OpenGrant): number {
  if (a.expiresAt !== b.expiresAt) return a.expiresAt < b.expiresAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
