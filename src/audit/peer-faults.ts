import type { ChainProblem } from "../core/attest/chain-problem.ts";
import { peerOf } from "../core/attest/entry-home.ts";
import { entriesOn, extendView, newestEntry } from "../core/attest/ledger-view.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import { verifyPeers } from "../core/attest/verify-peers.ts";
import type { PeerProblem } from "../core/attest/verify-peers.ts";
import type { Entry, LedgerBranch } from "../core/model/entry.ts";
import { chainLosses } from "./losses.ts";
import type { Loss } from "./losses.ts";

/** What the ledgers say about each other that does not hold. */
export interface PeerFaults {
  /** One for each thing that happened to a ledger. */
  readonly peers: readonly ChainProblem[];
  /** Observations that do not hold for a reason that is itself among the problems. */
  readonly explained: readonly { readonly problem: ChainProblem; readonly by: ChainProblem }[];
  /** What was lost, with the problem that says so. */
  readonly losses: readonly Loss<ChainProblem>[];
}

interface Known {
  readonly view: LedgerView;
  readonly unbelieved: readonly Entry[];
  readonly problems: readonly ChainProblem[];
}

/**
 * Tells what two ledgers that disagree have suffered: `peer-ahead`, one lost its tail; `ledger-rewritten`, one
 * was written again from some entry on; `peer-disagrees`, a single entry claims what its own writer saw
 * otherwise later. Observations of an entry that is lost for a reason already known are explained by that.
 */
export function peerFaults({ view, unbelieved, problems }: Known): PeerFaults {
  const all = extendView(view, unbelieved);
  const known = [...all.decisions, ...all.executions];
  const found = verifyPeers([...view.decisions, ...view.executions], all);
  const losses = chainLosses(problems, known);
  const explained: { problem: ChainProblem; by: ChainProblem }[] = [];
  const open = found.filter((problem) => {
    const loss = losses.find((one) => explains(one, problem));
    if (loss !== undefined) explained.push({ problem, by: loss.cause });
    return loss === undefined;
  });
  const peers: ChainProblem[] = [];
  const more: Loss<ChainProblem>[] = [];
  for (const observer of ["audit/decisions", "audit/executions"] as const) {
    const ofOne = open.filter(({ branch }) => branch === observer);
    const confirmed = lastConfirmed(entriesOn(view, observer), found);
    const single = ofOne.filter(({ code, observed }) => {
      return code === "peer-disagrees" && observed.seq <= confirmed;
    });
    peers.push(...single);
    for (const code of ["peer-disagrees", "peer-ahead"] as const) {
      const [first, ...rest] = ofOne.filter((one) => one.code === code && !single.includes(one));
      if (first === undefined) continue;
      const fault = code === "peer-ahead" ? first : rewritten(first, all);
      peers.push(fault);
      explained.push(...rest.map((problem) => ({ problem, by: fault })));
      more.push({ ...tailOf(first, all), cause: fault });
    }
  }
  return { peers, explained, losses: [...losses, ...more] };
}

function explains({ branch, digest, from, to }: Loss<ChainProblem>, problem: PeerProblem): boolean {
  const { observed } = problem;
  if (branch !== peerOf(problem.branch)) return false;
  return observed.digest === digest || (from <= observed.seq && observed.seq <= to);
}

/** The newest entry of the peer that was found as it had been observed: up to there nothing was changed. */
function lastConfirmed(entries: readonly Entry[], found: readonly PeerProblem[]): number {
  const wrong = new Set(found.map(({ commit }) => commit));
  return entries.reduce((last, { commit, observedPeer }) => {
    return wrong.has(commit) ? last : Math.max(last, observedPeer?.seq ?? -1);
  }, -1);
}

function rewritten(
  { branch: observer, observed, seq }: PeerProblem,
  all: LedgerView,
): ChainProblem {
  const branch = peerOf(observer);
  const now = entriesOn(all, branch).find((entry) => entry.seq === observed.seq);
  const detail =
    `Entry ${seq} of ${observer} had observed ${observed.digest} as entry ${observed.seq}, ` +
    `and now it is ${now?.digest ?? "none"}: it was written again, or the observer says what it did not see.`;
  return {
    ...{ code: "ledger-rewritten", branch, seq: observed.seq, detail },
    commit: now?.commit ?? newestEntry(all, branch)?.commit ?? "",
  };
}

/** Everything from the first entry that is not as it was observed. */
function tailOf(
  { branch: observer, observed }: PeerProblem,
  all: LedgerView,
): Omit<Loss<ChainProblem>, "cause"> {
  const branch: LedgerBranch = peerOf(observer);
  const newest = newestEntry(all, branch)?.seq ?? -1;
  return {
    branch,
    from: Math.min(newest + 1, observed.seq),
    to: Math.max(newest, observed.seq),
    digest: observed.digest,
  };
}
