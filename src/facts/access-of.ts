import type { LedgerView } from "../core/attest/ledger-view.ts";
import type { AccessState } from "../core/model/snapshot.ts";
import { accessStates } from "../core/plan/access-state.ts";

/** A view is never changed: one walk over its executions answers for every request. */
const known = new WeakMap<LedgerView, ReadonlyMap<string, AccessState>>();

/** Tells where the access of a request stands by a view of the ledgers. */
export function accessOf(view: LedgerView, request: string): AccessState {
  const states = known.get(view) ?? accessStates(view.executions);
  known.set(view, states);
  return states.get(request) ?? "none";
}
