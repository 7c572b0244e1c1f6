import type { LedgerView } from "../core/attest/ledger-view.ts";
import { entriesOf } from "../core/attest/ledger-view.ts";
import { overlaps } from "../core/evaluate/fingerprint.ts";
import type { EntryOf } from "../core/model/entry.ts";
import type { LinkedPull, Opening } from "../core/model/snapshot.ts";
import { accessOf } from "./access-of.ts";
import { newestDecisionOn } from "./newest-decision.ts";
import type { RequestQuestion } from "./request-question.ts";

/** Lists when overlapping fingerprints were first seen, in this PR and in others, oldest first. */
export function openings(view: LedgerView, question: RequestQuestion): readonly Opening[] {
  return overlapping(view, question).flatMap(({ at, inputs, result }) =>
    result.fingerprint === null
      ? []
      : [{ pull: inputs.pull, at, fingerprint: result.fingerprint, route: result.route }],
  );
}

/**
 * Lists the other PRs that asked for overlapping access for the same person since the longest window began, oldest first. For a
 * PR that is merged already, of the merged ones only those that were merged before it count: of two that exclude each other
 * the first in the order of the merge entries begins.
 */
export function linkedPulls(view: LedgerView, question: RequestQuestion): readonly LinkedPull[] {
  const firsts = new Map<number, EntryOf<"request">>();
  for (const entry of overlapping(view, question)) {
    const { pull } = entry.inputs;
    if (pull !== question.pull && !firsts.has(pull)) firsts.set(pull, entry);
  }
  return [...firsts.values()].map((first) => linkedPull(view, question, first));
}

/** What overlaps and was decided on since the window began: an old request can have been denied just now. */
function overlapping(
  view: LedgerView,
  { fingerprint, pull, since }: RequestQuestion,
): readonly EntryOf<"request">[] {
  return entriesOf(view, "request").filter(
    ({ at, inputs, result }) =>
      result.fingerprint !== null &&
      overlaps(result.fingerprint, fingerprint) &&
      (inputs.pull === pull || !(new Date(newestDecisionOn(view, inputs.pull)?.at ?? at) < since)),
  );
}

function linkedPull(
  view: LedgerView,
  { pull: own }: RequestQuestion,
  { at, inputs: { pull } }: EntryOf<"request">,
): LinkedPull {
  const newest = newestDecisionOn(view, pull);
  const decision = newest?.result.decision;
  const merge = mergeOf(view, pull);
  const state = merge === null ? newest?.inputs.snapshot.pull.state : "merged";
  const request = decision?.request ?? null;
  return {
    pull,
    at,
    state: state ?? "open",
    request: request?.name ?? null,
    durationSeconds: request?.durationSeconds ?? 0,
    grants:
      merge !== null && isBefore(merge, mergeOf(view, own)) && mayGrant(view, merge) ? "yes" : "no",
    remembered: { denials: decision?.denials ?? [], excluded: decision?.excluded ?? [] },
  };
}

/** Finds the merge entry of a PR; `null` when it is not merged, or nobody decided it. */
export function mergeOf(view: LedgerView, pull: number): EntryOf<"merge"> | null {
  return entriesOf(view, "merge").find(({ inputs }) => inputs.pull === pull) ?? null;
}

/** Says whether a merge comes before another in the ledger; everything comes before one that is not there yet. */
export function isBefore(merge: EntryOf<"merge">, other: EntryOf<"merge"> | null): boolean {
  return other === null || merge.seq < other.seq;
}

/** It began, or it can still begin: what lapsed unused or was refused for good gave nothing. */
export function mayGrant(view: LedgerView, { inputs, result }: EntryOf<"merge">): boolean {
  const begun = result.requests.some((name) => accessOf(view, name) !== "none");
  if (begun) return true;
  const lapsed = entriesOf(view, "lapsed").some(
    (entry) => entry.inputs.decision === inputs.decision,
  );
  const refused = entriesOf(view, "grant-failed").some(
    (entry) => entry.inputs.decision === inputs.decision,
  );
  return result.kind === "request" && !lapsed && !refused;
}
