import type { LedgerView } from "../core/attest/ledger-view.ts";
import { entriesOf, entryByDigest } from "../core/attest/ledger-view.ts";
import type { Provenance } from "../core/model/snapshot.ts";
import type { CommitNode, Mirror } from "../ports/mirror.ts";
import { mergedContent } from "./merged-content.ts";

/**
 * Checks that governance at `tip` is what people decided: the trust root's commit and every merge on record
 * are on the branch's own line (its first parents), and each commit of that line that changes governance is the recorded
 * merge of an approved policy decision and changes exactly what was decided (design.md §3). Otherwise nothing
 * is approved or provisioned.
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
  const root = entriesOf(ledger, "trust-root")[0]?.inputs.main;
  if (root === undefined) return broken(tip, "The ledger has no trust root.");
  if (!(await mirror.has(root)) || !(await mirror.isAncestor(root, tip))) {
    return broken(root, "The branch no longer contains a commit that the ledger recorded.");
  }
  // A merge the wrong way round keeps every commit reachable and shows the governance of another line.
  const line = await mirror.firstParents(root, tip);
  const oids = new Set([root, ...line.map(({ oid }) => oid)]);
  const [first] = line;
  if (first !== undefined && first.parents[0] !== root) {
    return broken(first.oid, "The branch was continued on another line than its own.");
  }
  const lost = entriesOf(ledger, "merge").find(({ inputs }) => !oids.has(inputs.mergeCommit));
  if (lost !== undefined) {
    return broken(
      lost.inputs.mergeCommit,
      "The branch no longer contains a commit that the ledger recorded.",
    );
  }
  let before = await governanceTree(mirror, root);
  for (const node of line) {
    const after = await governanceTree(mirror, node.oid);
    if (after !== before && !(await isDecidedPolicy(mirror, ledger, node))) {
      return broken(node.oid, "It changes governance without a merged policy decision.");
    }
    before = after;
  }
  return { status: "intact" };
}

async function governanceTree(mirror: Mirror, commit: string): Promise<string | null> {
  return (await mirror.entry(commit, "governance"))?.oid ?? null;
}

async function isDecidedPolicy(
  mirror: Mirror,
  ledger: LedgerView,
  node: CommitNode,
): Promise<boolean> {
  const merge = entriesOf(ledger, "merge").find(({ inputs }) => inputs.mergeCommit === node.oid);
  if (merge?.result.kind !== "policy") return false;
  const decision = entryByDigest(ledger, "decision", merge.inputs.decision)?.result.decision;
  return (
    decision?.kind === "policy" &&
    decision.verdict === "approved" &&
    decision.head === merge.inputs.head &&
    decision.digests.content !== null &&
    decision.digests.content === (await mergedContent(mirror, node))
  );
}
