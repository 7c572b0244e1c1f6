import { LedgerBroken } from "./ledger-errors.ts";
import type { ChainProblem } from "../core/attest/chain-problem.ts";
import { startChain } from "../core/attest/chain-state.ts";
import type { ChainState } from "../core/attest/chain-state.ts";
import { emptyView, extendView } from "../core/attest/ledger-view.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import { peerOf } from "../core/attest/entry-home.ts";
import { startTimeline } from "../core/attest/trust-timeline.ts";
import type { TrustTimeline } from "../core/attest/trust-timeline.ts";
import { verifyChain } from "../core/attest/verify-chain.ts";
import { verifyPeers } from "../core/attest/verify-peers.ts";
import type { LedgerBranch } from "../core/model/entry.ts";
import { LedgerRewritten } from "../ports/ledger-store.ts";
import type { LedgerStore, StoredEntry } from "../ports/ledger-store.ts";

/** How far both ledgers were read and verified; a value. */
export interface Position {
  readonly view: LedgerView;
  readonly trust: TrustTimeline;
  readonly chains: ReadonlyMap<LedgerBranch, ChainState>;
}

/** Follows both ledgers as they grow and believes nothing any more after the first bad entry. */
export interface Follower {
  /** Fetches and verifies what is new. Throws LedgerBroken and LedgerUnreachable. */
  advance(): Promise<Position>;
  /** Where it stands. Throws LedgerBroken. */
  position(): Position;
  /** Takes up entries that this identity has just appended. Throws LedgerBroken. */
  take(branch: LedgerBranch, stored: readonly StoredEntry[]): Position;
  /**
   * Goes on from where a branch was last believed, though the other one is broken: only to say so. Reads nothing any more.
   * Throws LedgerBroken when the branch itself is, or when which one it is is not known.
   */
  despitePeer(branch: LedgerBranch): Follower;
}

/** Starts to follow the ledgers of a store from their first entries; does no I/O yet. */
export function followLedgers(store: LedgerStore, expectedRoot: string | null): Follower {
  let position = startPosition(expectedRoot);
  let broken: LedgerBroken | null = null;

  const intact = (): Position => {
    if (broken !== null) throw broken;
    return position;
  };
  const settle = (reading: Reading): Position => {
    const [problem] = reading.problems;
    if (problem !== undefined) {
      position = reading.believed;
      throw (broken = new LedgerBroken(problem));
    }
    return (position = reading.position);
  };
  const advance = async (): Promise<Position> => {
    intact();
    try {
      const reading = await readNew(store, position);
      const early = reading.problems.some(({ code }) => code === "peer-ahead");
      // The peer may have grown between reading the two branches: look once more before believing it.
      return settle(early ? await readNew(store, position) : reading);
    } catch (error) {
      if (error instanceof LedgerRewritten) throw (broken = rewritten(error));
      throw error;
    }
  };
  const follower: Follower = {
    advance,
    position: intact,
    take: (branch, stored) => settle(verifyMore(intact(), branch, stored)),
    despitePeer: (branch) => {
      if (broken === null) return follower;
      if (broken.at.branch !== peerOf(branch)) throw broken;
      return {
        advance: () => Promise.resolve(position),
        position: () => position,
        take: (own, stored) => settle(verifyMore(position, own, stored)),
        despitePeer: () => follower.despitePeer(branch),
      };
    },
  };
  return follower;
}

interface Reading {
  readonly position: Position;
  readonly problems: readonly ChainProblem[];
  /** How far was read before the first problem, where only the executions have one. */
  readonly believed: Position;
}

function startPosition(expectedRoot: string | null): Position {
  const branches: readonly LedgerBranch[] = ["audit/decisions", "audit/executions"];
  return {
    view: emptyView,
    trust: startTimeline(expectedRoot),
    chains: new Map(branches.map((branch) => [branch, startChain(branch)])),
  };
}

async function readNew(store: LedgerStore, from: Position): Promise<Reading> {
  await store.fetch();
  const decisions = verifyMore(
    from,
    "audit/decisions",
    await readBranch(store, from, "audit/decisions"),
  );
  // Decisions first: they bring the trust roots that the executions are verified with.
  const executions = verifyMore(
    decisions.position,
    "audit/executions",
    await readBranch(store, from, "audit/executions"),
  );
  const { position } = executions;
  const fresh = [
    ...position.view.decisions.slice(from.view.decisions.length),
    ...position.view.executions.slice(from.view.executions.length),
  ];
  const problems = [...decisions.problems, ...executions.problems];
  return {
    position,
    problems: [...problems, ...verifyPeers(fresh, position.view)],
    believed: decisions.problems.length === 0 ? decisions.position : from,
  };
}

function readBranch(
  store: LedgerStore,
  { chains }: Position,
  branch: LedgerBranch,
): Promise<readonly StoredEntry[]> {
  return store.read(branch, chains.get(branch)?.commit ?? null);
}

function verifyMore(from: Position, branch: LedgerBranch, stored: readonly StoredEntry[]): Reading {
  const { view, trust, chains } = from;
  const report = verifyChain(stored, chains.get(branch) ?? startChain(branch), trust);
  const position = {
    view: extendView(view, report.entries),
    trust: report.trust,
    chains: new Map(chains).set(branch, report.state),
  };
  return { position, problems: report.problems, believed: from };
}

function rewritten(error: LedgerRewritten): LedgerBroken {
  return new LedgerBroken(
    { code: "rewritten", branch: error.branch, seq: null, commit: null, detail: error.message },
    { cause: error },
  );
}
