import type { ChainProblem } from "../core/attest/chain-problem.ts";
import { startChain } from "../core/attest/chain-state.ts";
import { emptyView, extendView } from "../core/attest/ledger-view.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import { startTimeline } from "../core/attest/trust-timeline.ts";
import type { TrustTimeline } from "../core/attest/trust-timeline.ts";
import { verifyChain } from "../core/attest/verify-chain.ts";
import type { Entry } from "../core/model/entry.ts";
import type { LedgerStore } from "../ports/ledger-store.ts";
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

/** Reads and verifies both ledgers from their first entry on, as of the store's last fetch. */
export async function readLedgers(store: LedgerStore, expectedRoot: string): Promise<LedgersRead> {
  const stored = {
    decisions: await store.read("audit/decisions", null),
    executions: await store.read("audit/executions", null),
  };
  const decisions = verifyChain(
    stored.decisions,
    startChain("audit/decisions"),
    startTimeline(expectedRoot),
  );
  const executions = verifyChain(
    stored.executions,
    startChain("audit/executions"),
    decisions.trust,
  );
  const view = extendView(emptyView, [...decisions.entries, ...executions.entries]);
  const unbelieved = onlyOnce([...decisions.unbelieved, ...executions.unbelieved], view);
  const problems = [...decisions.problems, ...executions.problems];
  return {
    view,
    unbelieved,
    trust: decisions.trust,
    problems,
    ...peerFaults({ view, unbelieved, problems }),
    doubts: [
      ...(stored.decisions.length === 0 ? ["The clone has no entries on audit/decisions."] : []),
      ...problems
        .filter(({ code }) => code === "unknown-type")
        .map(({ detail, seq, branch }) => {
          return `${branch} entry ${seq} is of a type this version cannot judge. ${detail}`;
        }),
    ],
  };
}

function onlyOnce(entries: readonly Entry[], { byDigest }: LedgerView): readonly Entry[] {
  const byOwnDigest = new Map(entries.map((entry) => [entry.digest, entry]));
  return [...byOwnDigest.values()].filter(({ digest }) => !byDigest.has(digest));
}
