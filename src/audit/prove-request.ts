import { commitLinks, treeLink } from "./git-objects.ts";
import { proofFormat } from "./request-proof.ts";
import type { MergeObjects, RequestProof } from "./request-proof.ts";
import { decisionOn, mergeOf, requestTimeline } from "./request-timeline.ts";
import { entriesOf } from "../core/attest/ledger-view.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import type { Entry } from "../core/model/entry.ts";
import { MirrorObjectMissing } from "../ports/mirror.ts";
import type { Mirror } from "../ports/mirror.ts";

/** Where a bundle is taken from: verified ledgers, their envelopes by commit, and the objects of the governed branch. */
export interface ProofSource {
  readonly view: LedgerView;
  readonly envelopes: ReadonlyMap<string, string>;
  readonly mirror: Mirror;
}

/**
 * Takes out of a clone what shows the whole life of one request: the trust roots, every entry about it, and the objects by which its
 * file came onto the governed branch. With `whole` every entry of both ledgers, so that it is seen that nothing lies between.
 * Returns `null` when nobody ever asked under that name; throws MirrorObjectMissing when an object is not in the clone.
 */
export async function proveRequest(
  { view, envelopes, mirror }: ProofSource,
  request: string,
  reach: "request" | "whole",
): Promise<RequestProof | null> {
  const timeline = requestTimeline(view, request);
  if (timeline === null) return null;
  const disclosed =
    reach === "whole"
      ? [...view.decisions, ...view.executions]
      : [...entriesOf(view, "trust-root"), ...timeline.entries];
  const merge = mergeOf(timeline);
  const path = decisionOn(view, timeline)?.result.decision.request?.path ?? timeline.path;
  return {
    format: proofFormat,
    request,
    envelopes: inOrder(disclosed).map(({ commit }) => {
      const envelope = envelopes.get(commit);
      if (envelope === undefined) throw new MirrorObjectMissing(`there is no entry ${commit} here`);
      return envelope;
    }),
    merge: merge === null ? null : await objectsOf(mirror, merge.inputs.mergeCommit, path),
  };
}

function inOrder(entries: readonly Entry[]): readonly Entry[] {
  const on = (branch: Entry["branch"]): readonly Entry[] =>
    entries.filter((entry) => entry.branch === branch).sort((a, b) => a.seq - b.seq);
  return [...on("audit/decisions"), ...on("audit/executions")];
}

async function objectsOf(mirror: Mirror, oid: string, path: string): Promise<MergeObjects> {
  const commit = await mirror.object(oid);
  let next = commitLinks(commit.bytes)?.tree ?? "";
  const trees: string[] = [];
  for (const name of path.split("/")) {
    const { bytes } = await mirror.object(next);
    trees.push(base64(bytes));
    next = treeLink(bytes, name, oid.length / 2)?.oid ?? "";
  }
  return { commit: base64(commit.bytes), trees, file: base64((await mirror.object(next)).bytes) };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
