import {
  memoryLedgerRemote,
  memoryLedgerStore,
} from "../../../src/adapters/memory/memory-ledger-store.ts";
import type { MemoryLedgerRemote } from "../../../src/adapters/memory/memory-ledger-store.ts";
import { ensureTrustRoot } from "../../../src/record/ensure-trust-root.ts";
import { openLedger } from "../../../src/record/ledger.ts";
import type { Ledger } from "../../../src/record/ledger.ts";
import type { LedgerStore } from "../../../src/ports/ledger-store.ts";
import { acmeKeys } from "./acme-keys.ts";
import type { AcmeKeys } from "./acme-keys.ts";
import { oidOf } from "./drafts.ts";
import { evenChance } from "./even-chance.ts";
import { stillClock } from "./still-clock.ts";
import type { StillClock } from "./still-clock.ts";

/** A remote with both ledgers, each open for its writer. */
export interface TwoLedgers {
  readonly keys: AcmeKeys;
  readonly clock: StillClock;
  readonly remote: MemoryLedgerRemote;
  readonly decisions: Ledger;
  readonly executions: Ledger;
}

/** Opens both ledgers on a new remote in memory, the decisions begun with the trust root. */
export async function twoLedgers(
  main: string = oidOf("0"),
  keys: AcmeKeys = acmeKeys(),
): Promise<TwoLedgers> {
  const clock = stillClock();
  const remote = memoryLedgerRemote();
  const decisions = gateLedger(keys, clock, memoryLedgerStore(remote));
  const executions = executorLedger(keys, clock, memoryLedgerStore(remote));
  await ensureTrustRoot(decisions, keys.trustRoot, main);
  return { keys, clock, remote, decisions, executions };
}

/** Opens the decisions ledger for its writer on any store. */
export function gateLedger(keys: AcmeKeys, clock: StillClock, store: LedgerStore): Ledger {
  return openLedger({
    store,
    signer: keys.decision,
    clock,
    chance: evenChance,
    branch: "audit/decisions",
    trustRoot: keys.trustRoot,
  });
}

/** Opens the executions ledger for its writer on any store. */
export function executorLedger(keys: AcmeKeys, clock: StillClock, store: LedgerStore): Ledger {
  return openLedger({
    store,
    signer: keys.execution,
    clock,
    chance: evenChance,
    branch: "audit/executions",
    trustRoot: keys.trustRoot,
  });
}
