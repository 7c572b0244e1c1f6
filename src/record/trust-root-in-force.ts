import { startChain } from "../core/attest/chain-state.ts";
import type { ChainProblem } from "../core/attest/chain-problem.ts";
import { startTimeline } from "../core/attest/trust-timeline.ts";
import { chainWalk } from "../core/attest/verify-chain.ts";
import type { TrustRoot } from "../core/model/governance.ts";
import { LedgerRewritten } from "../ports/ledger-store.ts";
import type { LedgerStore } from "../ports/ledger-store.ts";

/** Where the trust roots of a ledger lead to. */
export interface TrustRootInForce {
  /** The newest that the chain from the pinned one leads to; `null` when the ledger has none yet, or none that is believed. */
  readonly trustRoot: TrustRoot | null;
  /** Where it stopped being followed. Whoever opens the ledger meets it again; here it only says how far was read. */
  readonly problem: ChainProblem | null;
}

/**
 * Follows the trust roots of audit/decisions from the pinned first one to the one in force, before anybody knows whose key may
 * write. Of each key only the last signature is verified: the ledger is read again, and every signature of it, by who goes
 * on to use it. Throws LedgerUnreachable.
 */
export async function trustRootInForce(
  store: LedgerStore,
  expectedRoot: string,
): Promise<TrustRootInForce> {
  await store.fetch().catch((error: unknown) => {
    // What was seen before the remote lost it still says whose keys count; the ledger itself refuses to go on.
    if (!(error instanceof LedgerRewritten)) throw error;
  });
  const walk = chainWalk(
    startChain("audit/decisions"),
    startTimeline(expectedRoot),
    "last-of-each-key",
  );
  let trustRoot: TrustRoot | null = null;
  for await (const piece of store.pieces("audit/decisions")) {
    for (const stored of piece) {
      const { problems, trust } = walk.take([stored]);
      const [problem] = problems;
      if (problem !== undefined) return { trustRoot, problem };
      trustRoot = trust.eras.at(-1)?.trustRoot ?? null;
    }
  }
  return { trustRoot, problem: walk.finish()[0] ?? null };
}
