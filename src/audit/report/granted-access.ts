import { entriesOf } from "../../core/attest/ledger-view.ts";
import type { LedgerView } from "../../core/attest/ledger-view.ts";
import type { EntryOf, RevokeCause } from "../../core/model/entry.ts";
import type { Grant } from "../../core/model/grant.ts";
import { secondsBetween } from "./period.ts";

/** One grant with its beginning and its end, as the ledgers show them. */
export interface GrantedAccess {
  readonly grant: Grant;
  /** When it should be over: at its end, or when somebody ended it before. */
  readonly due: string;
  /** When the target was read back without it; `null` while it may still be in effect. */
  readonly goneAt: string | null;
  /** When that was recorded, which decides of which period it is: an executor without a network records later. */
  readonly goneRecordedAt: string | null;
  readonly revokeCause: RevokeCause | null;
  /** `null` while it is not gone, and for what administrators removed before it was due. */
  readonly secondsToRevoke: number | null;
  readonly failures: readonly EntryOf<"revoke-failed">[];
}

/**
 * Lists every grant that was begun, in the order of the ledger. One whose outcome was never recorded counts as in effect: only
 * a read-back says that access is gone (P13).
 */
export function grantedAccess(view: LedgerView): readonly GrantedAccess[] {
  const gone = firstByGrant([
    ...entriesOf(view, "revoke"),
    ...entriesOf(view, "nothing-to-do"),
    ...entriesOf(view, "externally-removed"),
  ]);
  const intents = firstByGrant(entriesOf(view, "revoke-intent"));
  const endings = Map.groupBy(entriesOf(view, "ending"), ({ inputs }) => inputs.request);
  const failures = Map.groupBy(entriesOf(view, "revoke-failed"), ({ inputs }) => inputs.grant.id);
  return entriesOf(view, "grant-intent").map(({ result: { grant } }) => {
    const intent = intents.get(grant.id);
    const end = gone.get(grant.id);
    const goneAt = end?.result.readBack.at ?? null;
    const due = earliest([
      grant.expiresAt,
      ...(intent === undefined ? [] : [intent.at]),
      ...(endings.get(grant.request) ?? []).map(({ at }) => at),
    ]);
    const wasDue =
      goneAt !== null && (intent !== undefined || Date.parse(goneAt) >= Date.parse(due));
    return {
      grant,
      due,
      goneAt,
      goneRecordedAt: end?.at ?? null,
      revokeCause: intent?.inputs.cause ?? null,
      secondsToRevoke: wasDue ? secondsBetween(due, goneAt) : null,
      failures: failures.get(grant.id) ?? [],
    };
  });
}

function firstByGrant<
  E extends { readonly seq: number; readonly inputs: { readonly grant: Grant } },
>(entries: readonly E[]): ReadonlyMap<string, E> {
  const first = new Map<string, E>();
  for (const entry of [...entries].sort((a, b) => a.seq - b.seq)) {
    const { id } = entry.inputs.grant;
    if (!first.has(id)) first.set(id, entry);
  }
  return first;
}

function earliest(instants: readonly [string, ...string[]]): string {
  return instants.reduce((first, one) => (Date.parse(one) < Date.parse(first) ? one : first));
}
