import type { ChainProblem } from "../core/attest/chain-problem.ts";
import { startChain } from "../core/attest/chain-state.ts";
import { growingView } from "../core/attest/ledger-view.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import { startTimeline } from "../core/attest/trust-timeline.ts";
import type { TrustTimeline } from "../core/attest/trust-timeline.ts";
import { readAhead } from "../core/attest/read-ahead.ts";
import type { ReadAhead } from "../core/attest/read-ahead.ts";
import { chainWalk } from "../core/attest/verify-chain.ts";
import type { Signatures } from "../core/attest/verify-chain.ts";
import type { Entry, LedgerBranch } from "../core/model/entry.ts";
import type { LedgerStore, StoredEntry } from "../ports/ledger-store.ts";
import { peerFaults } from "./peer-faults.ts";
import type { PeerFaults } from "./peer-faults.ts";

/** Both ledgers with everything that is wrong with them; nothing is thrown for a bad entry. */
export interface LedgersRead extends PeerFaults {
  /** The entries that verified, alone. */
  readonly view: LedgerView;
  /** Signed entries with a problem, each once, without those that `view` has as well. */
  readonly unbelieved: readonly Entry[];
  /** What is wrong with the entries of each ledger by itself. */
  readonly problems: readonly ChainProblem[];
  readonly trust: TrustTimeline;
  readonly doubts: readonly string[];
}

/** How the ledgers are read; without anything, all is verified and kept. */
export interface ReadOptions {
  /** Called with each signed entry as it passes; returns what is kept of it. */
  readonly onEntry?: (entry: Entry) => Entry;
  readonly signatures?: Signatures;
  /** Called after each piece with how many entries were read, and of how many on both branches. */
  readonly onProgress?: (read: number, all: number) => void;
}

const branches = ["audit/decisions", "audit/executions"] as const;

/**
 * Reads and verifies both ledgers from their first entry on, as of the store's last fetch: piece by piece, with the
 * signatures of the next piece verified beside the judging of this one.
 */
export async function readLedgers(
  store: LedgerStore,
  expectedRoot: string,
  options: ReadOptions = {},
): Promise<LedgersRead> {
  const { signatures = "every" } = options;
  const kept = (entry: Entry): Entry =>
    options.onEntry === undefined ? entry : options.onEntry(entry);
  const { view, add } = growingView();
  const faulty: Entry[] = [];
  const problems: ChainProblem[] = [];
  const seen = new Set<LedgerBranch>();
  const sizes = await Promise.all(branches.map((branch) => store.size(branch)));
  const all = sizes.reduce((sum, size) => sum + size, 0);
  let read = 0;
  let trust = startTimeline(expectedRoot);
  // Decisions first: they bring the trust roots that the executions are verified with.
  for (const branch of branches) {
    const walk = chainWalk(startChain(branch), trust, signatures);
    const pieces = store.pieces(branch);
    for await (const piece of signatures === "every" ? piecesAhead(pieces, () => trust) : pieces) {
      if (piece.length > 0) seen.add(branch);
      const report = walk.take(piece);
      for (const entry of report.entries) add([kept(entry)]);
      faulty.push(...report.unbelieved.map(kept));
      problems.push(...report.problems);
      trust = report.trust;
      options.onProgress?.((read += piece.length), all);
    }
    problems.push(...walk.finish());
  }
  const unbelieved = onlyOnce(faulty, view);
  return {
    view,
    unbelieved,
    trust,
    problems,
    ...peerFaults({ view, unbelieved, problems }),
    doubts: [
      ...(seen.has("audit/decisions") ? [] : ["The clone has no entries on audit/decisions."]),
      ...problems
        .filter(({ code }) => code === "unknown-type")
        .map(({ detail, seq, branch }) => {
          return `${branch} entry ${seq} is of a type this version cannot judge. ${detail}`;
        }),
    ],
  };
}

/** Decodes and verifies the next piece while the present one is looked at. */
async function* piecesAhead(
  pieces: AsyncIterable<readonly StoredEntry[]>,
  trust: () => TrustTimeline,
): AsyncIterable<readonly ReadAhead[]> {
  let present: Promise<readonly ReadAhead[]> | null = null;
  for await (const piece of pieces) {
    const next = Promise.all(piece.map((stored) => readAhead(stored, trust())));
    // Should the consumer stop here, nobody would hear of its failure.
    next.catch(() => undefined);
    if (present !== null) yield await present;
    present = next;
  }
  if (present !== null) yield await present;
}

function onlyOnce(entries: readonly Entry[], { byDigest }: LedgerView): readonly Entry[] {
  const byOwnDigest = new Map(entries.map((entry) => [entry.digest, entry]));
  return [...byOwnDigest.values()].filter(({ digest }) => !byDigest.has(digest));
}
