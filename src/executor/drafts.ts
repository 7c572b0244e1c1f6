import type { RevokeCause } from "../core/model/entry.ts";
import type { Grant, ReadBack, Usage } from "../core/model/grant.ts";
import type { Matched } from "../core/plan/match-decision.ts";
import type { OpenGrant } from "../core/plan/access-state.ts";
import type { RefusalCode } from "../core/plan/refusal.ts";
import type { EntryDraft } from "../core/model/entry.ts";
import type { Waiting } from "./outbox.ts";

/** Drafts the entry that writes a grant's end, once, before the target is touched. */
export function grantIntent({ decision, merge }: Matched, grant: Grant): EntryDraft {
  return {
    type: "grant-intent",
    idempotencyKey: `grant-intent:${grant.id}`,
    summary: `Intend ${named(grant)} until ${grant.expiresAt}`,
    delivery: null,
    inputs: {
      decision: decision.digest,
      merge: merge.digest,
      approvals: decision.result.decision.approvals.map(({ review }) => review),
    },
    result: { grant },
  };
}

/** Drafts the entry of a grant that was read back. */
export function grantDone(intent: string, grant: Grant, readBack: ReadBack): Waiting {
  return complete({
    type: "grant",
    idempotencyKey: `grant:${grant.id}`,
    summary: `Grant ${named(grant)} until ${grant.expiresAt}`,
    delivery: null,
    inputs: { intent, grant },
    result: { readBack },
  });
}

/** Drafts the entry of a request that was refused for good before any intent. */
export function grantRefused(
  request: string,
  decision: string,
  code: RefusalCode,
  detail: string,
): Waiting {
  return complete({
    type: "grant-failed",
    idempotencyKey: `grant-refused:${request}:${decision}`,
    summary: `Refuse ${request}: ${code}`,
    delivery: null,
    inputs: { request, decision, intent: null },
    result: { code, detail },
  });
}

/** Drafts the entry of a grant that was intended and did not come about. */
export function grantFailed(
  open: OpenGrant & { readonly intent: string; readonly decision: string },
  code: RefusalCode,
  detail: string,
): Waiting {
  const { grant, decision, intent } = open;
  return complete({
    type: "grant-failed",
    idempotencyKey: `grant-failed:${grant.id}`,
    summary: `Fail ${named(grant)}: ${code}`,
    delivery: null,
    inputs: { request: grant.request, decision, intent },
    result: { code, detail },
  });
}

/** Drafts the entry that comes before every revoke. */
export function revokeIntent(grant: Grant, cause: RevokeCause): Waiting {
  return complete({
    type: "revoke-intent",
    idempotencyKey: revokeIntentKey(grant),
    summary: `Intend to revoke ${named(grant)}: ${cause}`,
    delivery: null,
    inputs: { grant, cause },
    result: {},
  });
}

/** Drafts the entry of a revoke that was read back as gone. */
export function revokeDone(grant: Grant, readBack: ReadBack): Waiting {
  return afterIntent(grant, {
    type: "revoke",
    idempotencyKey: `revoke:${grant.id}`,
    summary: `Revoke ${named(grant)}`,
    delivery: null,
    inputs: { intent: "", grant },
    result: { readBack },
  });
}

/**
 * Drafts the entry of a revoke that failed: one an hour as long as the access is live, so that it is loud without
 * flooding the ledger; the log has every attempt.
 */
export function revokeFailed(
  grant: Grant,
  detail: string,
  readBack: ReadBack | null,
  now: Date,
): Waiting {
  const hour = now.toISOString().slice(0, 13);
  return afterIntent(grant, {
    type: "revoke-failed",
    idempotencyKey: `revoke-failed:${grant.id}:${hour}`,
    summary: `Fail to revoke ${named(grant)}: the access is live`,
    delivery: null,
    inputs: { intent: "", grant },
    result: { detail, readBack },
  });
}

/** Drafts the entry of a grant that ended while its access had to stay. */
export function nothingToDo(grant: Grant, detail: string, readBack: ReadBack): Waiting {
  return afterIntent(grant, {
    type: "nothing-to-do",
    idempotencyKey: `nothing-to-do:${grant.id}`,
    summary: `End ${named(grant)}: the access stays`,
    delivery: null,
    inputs: { grant, intent: "" },
    result: { detail, readBack },
  });
}

/** Drafts the entry of a grant whose access somebody else took out before its end. */
export function externallyRemoved(grant: Grant, readBack: ReadBack): Waiting {
  return complete({
    type: "externally-removed",
    idempotencyKey: `externally-removed:${grant.id}`,
    summary: `Find ${named(grant)} gone before its end`,
    delivery: null,
    inputs: { grant },
    result: { readBack },
  });
}

/** Drafts the entry of how access was used that somebody looks at again. */
export function usageSeen(grant: Grant, usage: Usage): Waiting {
  return complete({
    type: "usage",
    idempotencyKey: `usage:${grant.id}`,
    summary: `See ${named(grant)} in use in ${usage.used} of ${usage.samples} looks`,
    delivery: null,
    inputs: { grant },
    result: usage,
  });
}

/** Puts the digest of the entry it refers to into a draft. */
export function withIntent(draft: EntryDraft, intent: string): EntryDraft {
  if (draft.type === "revoke") return { ...draft, inputs: { ...draft.inputs, intent } };
  if (draft.type === "revoke-failed") return { ...draft, inputs: { ...draft.inputs, intent } };
  if (draft.type === "nothing-to-do") return { ...draft, inputs: { ...draft.inputs, intent } };
  return draft;
}

function revokeIntentKey({ id }: Grant): string {
  return `revoke-intent:${id}`;
}

function complete(draft: EntryDraft): Waiting {
  return { draft, refersTo: null };
}

function afterIntent(grant: Grant, draft: EntryDraft): Waiting {
  return { draft, refersTo: revokeIntentKey(grant) };
}

function named({ entitlement, target, beneficiary }: Grant): string {
  return `${entitlement} on ${target} for ${beneficiary}`;
}
