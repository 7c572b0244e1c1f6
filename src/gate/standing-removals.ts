import { entriesOf } from "../core/attest/ledger-view.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import type { EntryOf } from "../core/model/entry.ts";
import { newestDecisionOn } from "../facts/newest-decision.ts";

/** The PRs that were opened to remove the files of requests, by what the ledgers say. */
export interface Removals {
  /** Reverts of the gate by request, oldest first. */
  readonly reverts: ReadonlyMap<string, readonly EntryOf<"revert">[]>;
  /** PRs of people that ended an access by removing its file, by request. */
  readonly byPeople: ReadonlyMap<string, number>;
}

/** Collects the removals of all requests in one walk. */
export function removalsOn(view: LedgerView): Removals {
  const byPeople = entriesOf(view, "ending").flatMap(({ inputs, result }) =>
    inputs.comment === null && result.cause === "revoked"
      ? [[inputs.request, inputs.pull] as const]
      : [],
  );
  return {
    reverts: Map.groupBy(entriesOf(view, "revert"), ({ inputs }) => inputs.request),
    byPeople: new Map(byPeople),
  };
}

/**
 * Finds the open PR that removes a request's file; `null` when none does. Judged by what the newest decision read there, not by
 * title, author or branch: a PR that was closed, is a draft, or holds something else by now is no record of the end.
 */
export function standingRemoval(view: LedgerView, removals: Removals, name: string): number | null {
  // Somebody's own removal is the record of the end: a second one would leave it nothing to remove.
  const own = removals.byPeople.get(name);
  if (own !== undefined && stands(view, own, name)) return own;
  const pull = removals.reverts.get(name)?.at(-1)?.result.pull;
  return pull !== undefined && stands(view, pull, name) ? pull : null;
}

function stands(view: LedgerView, pull: number, name: string): boolean {
  const newest = newestDecisionOn(view, pull);
  if (newest === null) return true;
  const { state, draft } = newest.inputs.snapshot.pull;
  const { kind, removes } = newest.result.decision;
  return state === "open" && !draft && kind === "removal" && removes.includes(name);
}
