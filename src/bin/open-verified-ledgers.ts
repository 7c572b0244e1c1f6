import { openCloneLedger } from "../adapters/git/git-ledger-store.ts";
import { readLedgers } from "../audit/read-ledgers.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";

/**
 * Reads both ledgers of a clone, offline. Throws when the clone is none, or when anything in them does not verify: what a
 * forged entry says must not be explained as if it had been decided.
 */
export async function openVerifiedLedgers(repo: string, root: string): Promise<LedgerView> {
  const { view, problems, peers, doubts } = await readLedgers(await openCloneLedger(repo), root);
  const [doubt] = doubts;
  const faults = problems.length + peers.length;
  if (faults === 0 && doubt === undefined) return view;
  const wrong = faults === 0 ? doubt : `${faults} findings in its ledgers.`;
  throw new Error(
    `${repo} does not verify: ${wrong ?? ""} See \`countersign audit verify --repo ${repo} --root ${root}\`.`,
  );
}
