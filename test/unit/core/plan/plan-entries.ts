import type { Decision } from "../../../../src/core/model/decision.ts";
import type {
  Draft,
  Entry,
  EntryDraft,
  EntryOf,
  EntryType,
} from "../../../../src/core/model/entry.ts";
import type { Grant } from "../../../../src/core/model/grant.ts";
import type { RequestFile } from "../../../../src/core/plan/match-decision.ts";
import { approvedDecision, mergedSnapshot } from "../../executor/decided.ts";
import { digestOf, oidOf } from "../../../support/ledger/drafts.ts";

export const file: RequestFile = {
  path: "access-requests/payments-db/a.yaml",
  mode: "100644",
  digest: digestOf("1"),
};

export const grant: Grant = {
  id: "grant:a",
  request: "a",
  path: file.path,
  target: "payments-db",
  entitlement: "readwrite",
  permission: "payments_readwrite",
  beneficiary: "alice",
  identity: "alice",
  startsAt: "2026-11-21T10:00:00.000Z",
  expiresAt: "2026-11-21T14:00:00.000Z",
  preexisting: "no",
};

export const head = oidOf("a");
export const mergeCommit = oidOf("c");
export const decided: Decision = approvedDecision({
  asked: { name: "a", pull: 7 },
  path: file.path,
  head,
  digest: file.digest,
  seconds: 4 * 3600,
});

/** Makes an entry as a verified ledger gives it, without a ledger. */
export function entry<T extends EntryType>(
  seq: number,
  type: T,
  inputs: Draft<T>["inputs"],
  result: Draft<T>["result"],
): EntryOf<T> {
  return {
    type,
    branch: "audit/decisions",
    seq,
    digest: `sha256:${String(seq).padStart(64, "0")}`,
    prev: null,
    prevBySigner: null,
    observedPeer: null,
    at: "2026-11-21T10:00:00.000Z",
    idempotencyKey: `${type}:${seq}`,
    delivery: null,
    keyid: digestOf("k"),
    commit: oidOf("e"),
    inputs,
    result,
  };
}

export function decision(seq: number, change: Partial<Decision> = {}): EntryOf<"decision"> {
  const changed = { ...decided, ...change };
  return entry(
    seq,
    "decision",
    { snapshot: mergedSnapshot(changed, mergeCommit), decidedAt: new Date(0).toISOString() },
    { decision: changed },
  );
}

export function merge(
  seq: number,
  change: Partial<EntryOf<"merge">["inputs"]> = {},
  result: Partial<EntryOf<"merge">["result"]> = {},
): EntryOf<"merge"> {
  return entry(
    seq,
    "merge",
    { pull: 7, decision: decision(1).digest, head, mergeCommit, ...change },
    { kind: "request", requests: ["a"], ...result },
  );
}

export function violation(
  seq: number,
  inputs: Partial<EntryOf<"violation">["inputs"]>,
): EntryOf<"violation"> {
  return entry(
    seq,
    "violation",
    { pull: null, commit: null, request: null, paths: [], by: [], ...inputs },
    { code: "GATE-X", detail: "something" },
  );
}

export function intent(seq: number, change: Partial<Grant> = {}): EntryOf<"grant-intent"> {
  return entry(
    seq,
    "grant-intent",
    { decision: decision(1).digest, merge: merge(2).digest, approvals: [71, 72] },
    { grant: { ...grant, ...change } },
  );
}

export function granted(seq: number, change: Partial<Grant> = {}): EntryOf<"grant"> {
  const readBack = { at: grant.startsAt, identity: "alice", permissions: [grant.permission] };
  return entry(
    seq,
    "grant",
    { intent: intent(1).digest, grant: { ...grant, ...change } },
    { readBack },
  );
}

export function revokeIntent(seq: number): EntryOf<"revoke-intent"> {
  return entry(seq, "revoke-intent", { grant, cause: "expired" }, {});
}

export function revokeFailed(seq: number): EntryOf<"revoke-failed"> {
  return entry(seq, "revoke-failed", { intent: "", grant }, { detail: "", readBack: null });
}

/** Turns an entry into the draft that it was. */
export function asDraft({ type, idempotencyKey, inputs, result }: Entry): EntryDraft {
  return { type, idempotencyKey, inputs, result, summary: "", delivery: null } as EntryDraft;
}
