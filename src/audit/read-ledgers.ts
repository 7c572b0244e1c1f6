import type { ChainProblem } from "../core/attest/chain-problem.ts";
import { startChain } from "../core/attest/chain-state.ts";
import { peerOf } from "../core/attest/entry-home.ts";
import { emptyView, extendView } from "../core/attest/ledger-view.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import { startTimeline } from "../core/attest/trust-timeline.ts";
import type { TrustTimeline } from "../core/attest/trust-timeline.ts";
import { verifyChain } from "../core/attest/verify-chain.ts";
import { verifyPeers } from "../core/attest/verify-peers.ts";
import type { LedgerStore } from "../ports/ledger-store.ts";

/** Both ledgers with everything that is wrong with them; nothing is thrown for a bad entry. */
export interface LedgersRead {
  readonly view: LedgerView;
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
  const entries = [...decisions.entries, ...executions.entries];
  const view = extendView(emptyView, entries);
  const found = [...decisions.problems, ...executions.problems];
  return {
    view,
    trust: decisions.trust,
    problems: [
      ...found,
      ...verifyPeers(entries, view).filter((problem) => !named(problem, found, view)),
    ],
    doubts: [
      ...(stored.decisions.length === 0 ? ["The clone has no entries on audit/decisions."] : []),
      ...found
        .filter(({ code }) => code === "unknown-type")
        .map(({ detail, seq, branch }) => {
          return `${branch} entry ${seq} is of a type this version cannot judge. ${detail}`;
        }),
    ],
  };
}

/** What was observed is an entry that is itself named as a problem: one fault is one finding. */
function named(
  peerProblem: ChainProblem,
  found: readonly ChainProblem[],
  view: LedgerView,
): boolean {
  const entries = peerProblem.branch === "audit/decisions" ? view.decisions : view.executions;
  const observed = entries.find(({ seq }) => seq === peerProblem.seq)?.observedPeer?.seq;
  return found.some(({ branch, seq }) => branch === peerOf(peerProblem.branch) && seq === observed);
}
