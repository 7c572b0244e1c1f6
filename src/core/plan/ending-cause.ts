import type { EntryOf, RevokeCause } from "../model/entry.ts";
import type { OpenGrant } from "./access-state.ts";
import type { DecisionIndex } from "./decision-index.ts";
import type { RequestFile } from "./match-decision.ts";
import type { RefusalCode } from "./refusal.ts";
import { endedBy, voidedBy } from "./voided.ts";

/** Why an open grant has to end now. `failure` is what its grant-failed entry has to say, if it needs one. */
export interface Ending {
  readonly cause: RevokeCause;
  readonly failure: { readonly code: RefusalCode; readonly reason: string } | null;
}

/** What tells whether a grant goes on. */
export interface EndingInput {
  /** Never earlier than the newest entry read: a clock behind it revokes by that newer time. */
  readonly now: Date;
  /** By path; `null` when the governed branch could not be read: then no file counts as removed. */
  readonly files: ReadonlyMap<string, RequestFile> | null;
  readonly index: DecisionIndex;
  /** Ids of grants whose incident is over. */
  readonly over: ReadonlySet<string>;
}

/**
 * Says why an open grant has to end now, or `null` while it goes on. Needs no fact that can be missing: what
 * cannot be read ends nothing early, and nothing puts off an end that has come (half-open `[start, end)`).
 */
export function endingCause(
  open: OpenGrant,
  { now, files, index, over }: EndingInput,
): Ending | null {
  const { grant, phase, failed } = open;
  if (open.cause !== null) return { cause: open.cause, failure: null };
  const goesOn = now.getTime() < Date.parse(grant.expiresAt);
  if (!goesOn) return { cause: "expired", failure: null };
  if (failed === "yes") return { cause: "failed-grant", failure: null };
  const decision = open.decision === null ? undefined : index.byDigest.get(open.decision);
  const ended = decision === undefined ? null : endedBy(index, decision);
  if (over.has(grant.id) || ended?.result.cause === "incident-closed") {
    return { cause: "incident-closed", failure: null };
  }
  if (ended !== null) return { cause: "revoked", failure: null };
  if (decision !== undefined && isVoided(index, decision, open)) {
    return { cause: "voided", failure: null };
  }
  const file = files?.get(grant.path);
  if (files !== null && file === undefined) return { cause: "file-removed", failure: null };
  if (decision === undefined) return null;
  const { request, notAfter } = decision.result.decision;
  if (file !== undefined && (file.digest !== request?.digest || file.mode !== "100644")) {
    return { cause: "voided", failure: null };
  }
  const mayBegin = phase !== "intended" || now.getTime() < Date.parse(notAfter ?? "");
  if (mayBegin) return null;
  const reason = `It did not begin before its approvals lapsed at ${notAfter ?? "an unknown time"}.`;
  return { cause: "failed-grant", failure: { code: "EXEC-LAPSED", reason } };
}

function isVoided(
  index: DecisionIndex,
  decision: EntryOf<"decision">,
  { merge }: OpenGrant,
): boolean {
  const merges = index.mergesByDecision.get(decision.digest);
  const own = merges?.find(({ digest }) => digest === merge);
  return voidedBy(index, decision, own?.inputs.mergeCommit ?? null) !== null;
}
