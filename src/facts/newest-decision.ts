import type { LedgerView } from "../core/attest/ledger-view.ts";
import { entriesOf } from "../core/attest/ledger-view.ts";
import type { EntryOf } from "../core/model/entry.ts";

/** Finds the newest decision on a PR; `null` before the first. */
export function newestDecisionOn(view: LedgerView, pull: number): EntryOf<"decision"> | null {
  return newestDecisions(view).get(pull) ?? null;
}

/** A view is never changed: what is found in it once can be kept with it. */
const known = new WeakMap<LedgerView, ReadonlyMap<number, EntryOf<"decision">>>();

/** Lists the newest decision on every PR, by its number. */
export function newestDecisions(view: LedgerView): ReadonlyMap<number, EntryOf<"decision">> {
  const before = known.get(view);
  if (before !== undefined) return before;
  const newest = new Map(
    entriesOf(view, "decision").map((entry) => [entry.result.decision.pull, entry]),
  );
  known.set(view, newest);
  return newest;
}
