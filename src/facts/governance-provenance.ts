import type { LedgerView } from "../core/attest/ledger-view.ts";
import { entriesOf, entryByDigest } from "../core/attest/ledger-view.ts";
import type { Provenance } from "../core/model/snapshot.ts";
import type { Mirror } from "../ports/mirror.ts";

/**
 * Checks that governance at `tip` is what people decided: main descends from the trust root's commit and
 * from every merge on record, and each commit since that changes governance is the recorded merge of an
 * approved policy decision (design.md §3). Otherwise nothing is approved or provisioned.
 */
export async function governanceProvenance(
  mirror: Mirror,
  ledger: LedgerView,
  tip: string,
): Promise<Provenance> {
  const broken = (commit: string, reason: string): Provenance => ({
    status: "broken",
    commit,
    reason,
  });
  const root = entriesOf(ledger, "trust-root")[0];
  if (root === undefined) return broken(tip, "The ledger has no trust root.");
  const newest = entriesOf(ledger, "merge").at(-1)?.inputs.mergeCommit;
  for (const recorded of [root.inputs.main, ...(newest === undefined ? [] : [newest])]) {
    if (!(await mirror.has(recorded)) || !(await mirror.isAncestor(recorded, tip))) {
      return broken(recorded, "The branch no longer contains a commit that the ledger recorded.");
    }
  }
  let before = await governanceTree(mirror, root.inputs.main);
  for (const { oid } of await mirror.firstParents(root.inputs.main, tip)) {
    const after = await governanceTree(mirror, oid);
    if (after !== before && !isDecidedPolicy(ledger, oid)) {
      return broken(oid, "It changes governance without a merged policy decision.");
    }
    before = after;
  }
  return { status: "intact" };
}

async function governanceTree(mirror: Mirror, commit: string): Promise<string | null> {
  return (await mirror.entry(commit, "governance"))?.oid ?? null;
}

function isDecidedPolicy(ledger: LedgerView, mergeCommit: string): boolean {
  const merge = entriesOf(ledger, "merge").find(({ inputs }) => inputs.mergeCommit === mergeCommit);
  if (merge?.result.kind !== "policy") return false;
  const decision = entryByDigest(ledger, "decision", merge.inputs.decision)?.result.decision;
  return (
    decision?.kind === "policy" &&
    decision.verdict === "approved" &&
    decision.head === merge.inputs.head
  );
}
