import { followLedgers } from "./follow-ledgers.ts";
import { runInTurn } from "./run-in-turn.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import type { LedgerStore } from "../ports/ledger-store.ts";

/** Both ledgers, verified, for somebody who cannot write them. */
export interface LedgerReader {
  /**
   * Fetches and verifies what is new on both branches. Repeatable; calls queue. Throws LedgerBroken for the
   * first bad entry and then for ever, and LedgerUnreachable (worth a retry: the view stays as it was).
   */
  sync(): Promise<LedgerView>;
  /** What the last successful `sync` or `append` left; empty before the first. Throws LedgerBroken. */
  view(): LedgerView;
}

export interface LedgerReaderOptions {
  readonly store: LedgerStore;
  /** Digest of the first trust root, brought from outside. */
  readonly expectedRoot: string;
}

/** Opens both ledgers for reading. Does no I/O: call `sync` next. */
export function openLedgerReader({ store, expectedRoot }: LedgerReaderOptions): LedgerReader {
  const follower = followLedgers(store, expectedRoot);
  const inTurn = runInTurn();
  return {
    sync: () => inTurn(async () => (await follower.advance()).view),
    view: () => follower.position().view,
  };
}
