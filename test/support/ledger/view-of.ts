import { sha256 } from "../../../src/core/attest/digest.ts";
import { entryHome } from "../../../src/core/attest/entry-home.ts";
import { emptyView, extendView } from "../../../src/core/attest/ledger-view.ts";
import type { LedgerView } from "../../../src/core/attest/ledger-view.ts";
import type { EntryDraft, EntryPayloads, EntryType } from "../../../src/core/model/entry.ts";
import type { DecidedRequest } from "../../../src/core/model/decision.ts";
import { decisionDraft } from "./decided-clone.ts";
import type { Recorded } from "./decided-clone.ts";
import { oidOf } from "./drafts.ts";

/** An entry as far as what is computed from a view depends on it. */
export type Written = EntryDraft & { readonly at: string };

/** Forms a view of entries as they were written, without signing them: for what is computed from verified entries. */
export function viewOf(written: readonly Written[]): LedgerView {
  const next = new Map<string, number>();
  const entries = written.map((one) => {
    const { branch } = entryHome(one.type, "audit/decisions");
    const seq = next.get(branch) ?? 0;
    next.set(branch, seq + 1);
    return {
      ...one,
      ...{ branch, seq, digest: digestAt(branch, seq), commit: oidOf("c") },
      ...{ prev: null, prevBySigner: null, observedPeer: null, keyid: digestAt("key", 0) },
    };
  });
  return extendView(emptyView, entries);
}

/** Names the entry that `viewOf` puts at a place. */
export function digestAt(branch: string, seq: number): string {
  return sha256(`${branch} ${seq}`);
}

/** Writes any entry. */
export function written<T extends EntryType>(
  at: string,
  type: T,
  inputs: EntryPayloads[T]["inputs"],
  result: EntryPayloads[T]["result"],
): Written {
  const idempotencyKey = `${type}:${at}`;
  return { at, type, idempotencyKey, summary: type, delivery: null, inputs, result } as Written;
}

/** Writes a decision and the merge that rests on it; `seq` is the place of the decision on its branch. */
export function decidedAndMerged(
  recorded: Recorded,
  seq: number,
  change: (request: DecidedRequest) => DecidedRequest = (request) => request,
): readonly [Written, Written] {
  const draft = decisionDraft(recorded);
  const { decision } = draft.result;
  const request = decision.request === null ? null : change(decision.request);
  const { pull, at } = recorded;
  const merge = { pull, head: oidOf("a"), mergeCommit: oidOf("b") };
  return [
    { ...draft, at, result: { decision: { ...decision, request } } },
    written(
      at,
      "merge",
      { ...merge, decision: digestAt("audit/decisions", seq) },
      { kind: "request", requests: request === null ? [] : [request.name] },
    ),
  ];
}
