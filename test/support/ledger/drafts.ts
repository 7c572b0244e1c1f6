import type { Draft, EntryDraft } from "../../../src/core/model/entry.ts";
import type { Grant } from "../../../src/core/model/grant.ts";

/** A valid draft that stands for nothing in particular; `id` makes it and its idempotency key distinct. */
export function lapsedDraft(id: string): Draft<"lapsed"> {
  return {
    type: "lapsed",
    idempotencyKey: `lapsed:${id}`,
    summary: `request ${id} was not merged in time`,
    delivery: null,
    inputs: { request: id, decision: digestOf("d") },
    result: { notAfter: "2026-11-21T09:00:00Z" },
  };
}

/** A valid draft for the executions ledger. */
export function revokeIntentDraft(id: string): EntryDraft {
  return {
    type: "revoke-intent",
    idempotencyKey: `revoke-intent:${id}`,
    summary: `the time of ${id} is over`,
    delivery: null,
    inputs: { grant: grantOf(id), cause: "expired" },
    result: {},
  };
}

/** A grant of the example organisation. */
export function grantOf(request: string): Grant {
  return {
    id: `grant:${request}`,
    request,
    path: `access-requests/payments-db/${request}.yaml`,
    target: "payments-db",
    entitlement: "readwrite",
    permission: "payments_readwrite",
    beneficiary: "alice",
    identity: "alice",
    startsAt: "2026-11-21T10:00:00.000Z",
    expiresAt: "2026-11-21T14:00:00.000Z",
    preexisting: "no",
  };
}

/** A digest of the right form. */
export function digestOf(letter: string): string {
  return `sha256:${letter.repeat(64)}`;
}

/** An oid of the right form. */
export function oidOf(letter: string): string {
  return letter.repeat(40);
}
