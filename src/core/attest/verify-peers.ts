import type { ChainProblem } from "./chain-problem.ts";
import { peerOf } from "./entry-home.ts";
import { newestEntry } from "./ledger-view.ts";
import type { LedgerView } from "./ledger-view.ts";
import type { Entry, ObservedHead } from "../model/entry.ts";

/** An observation of the other ledger that is not what is in it. */
export interface PeerProblem extends ChainProblem {
  readonly observed: ObservedHead;
}

/**
 * Holds what entries had observed of the other ledger against what is in it: a ledger that lost its tail, or
 * was written again, is given away by the other one. `peer-ahead` may also mean that the other ledger
 * was read a moment earlier: fetch once more before believing it.
 */
export function verifyPeers(entries: readonly Entry[], view: LedgerView): readonly PeerProblem[] {
  return entries.flatMap((entry) => peerProblem(entry, view) ?? []);
}

function peerProblem(entry: Entry, view: LedgerView): PeerProblem | null {
  const { observedPeer: observed, branch, seq, commit } = entry;
  if (observed === null) return null;
  const peer = peerOf(branch);
  const seen = view.byDigest.get(observed.digest);
  if (seen?.branch === peer && seen.seq === observed.seq) return null;
  const newest = newestEntry(view, peer)?.seq ?? -1;
  const code = observed.seq > newest ? "peer-ahead" : "peer-disagrees";
  const detail = `It had observed entry ${observed.seq} (${observed.digest}) of ${peer}, which is not there.`;
  return { code, branch, seq, commit, detail, observed };
}
