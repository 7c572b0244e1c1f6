import type { RequestState } from "./audit-report.ts";
import { entriesOf } from "../core/attest/ledger-view.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import type { Entry } from "../core/model/entry.ts";

/** Finds where every request stands, by name, from what was recorded last about it. */
export function requestStates(view: LedgerView): ReadonlyMap<string, RequestState> {
  const states = new Map<string, RequestState>();
  for (const { result } of entriesOf(view, "request")) states.set(result.name, "waiting");
  for (const { result } of entriesOf(view, "decision")) {
    const { request, verdict } = result.decision;
    if (request === null) continue;
    states.set(request.name, verdict === "pending" ? "waiting" : verdict);
  }
  for (const { result } of entriesOf(view, "merge")) {
    if (result.kind === "request") result.requests.forEach((name) => states.set(name, "merged"));
  }
  for (const { inputs } of entriesOf(view, "lapsed")) states.set(inputs.request, "lapsed");
  for (const { inputs } of entriesOf(view, "expired-unapproved")) {
    states.set(inputs.request, "expired unapproved");
  }
  for (const { inputs, result } of entriesOf(view, "ending"))
    states.set(inputs.request, result.cause);
  for (const entry of view.executions) {
    const after = stateAfter(entry);
    if (after !== null) states.set(after.request, after.state);
  }
  return states;
}

function stateAfter(
  entry: Entry,
): { readonly request: string; readonly state: RequestState } | null {
  if (entry.type === "grant-intent") {
    return { request: entry.result.grant.request, state: "activating" };
  }
  if (entry.type === "grant") return { request: entry.inputs.grant.request, state: "active" };
  if (entry.type === "grant-failed") {
    return { request: entry.inputs.request, state: "grant failed" };
  }
  if (entry.type === "revoke-failed") {
    return { request: entry.inputs.grant.request, state: "revoke failed" };
  }
  if (
    entry.type === "revoke" ||
    entry.type === "externally-removed" ||
    entry.type === "nothing-to-do"
  ) {
    return { request: entry.inputs.grant.request, state: "ended" };
  }
  return null;
}
