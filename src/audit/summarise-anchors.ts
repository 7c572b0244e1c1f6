import { entriesOf } from "../core/attest/ledger-view.ts";
import type { AuditCase } from "./audit-case.ts";
import type { AnchorSummary, AuditFinding } from "./audit-report.ts";

/** What an anchor that does not hold is called; a finding about the clock is about an entry, and the anchor holds. */
const notHeld = new Set([
  "anchor-disagrees",
  "anchor-backwards",
  "ledger-cut",
  "anchor-signature-bad",
]);

/** Counts the anchors that hold, and says of how many nothing outside the ledger's own word is known. */
export function summariseAnchors(
  { anchors, view, newestDecision }: AuditCase,
  findings: readonly AuditFinding[],
): AnchorSummary {
  const broken = new Set(
    withConsequences(findings)
      .filter(({ code }) => notHeld.has(code))
      .map(({ commit }) => commit),
  );
  const anchored = new Set(anchors.map(({ oid }) => oid));
  const reasons = anchors.flatMap(({ signature }) =>
    signature.outcome === "good" || signature.outcome === "bad" ? [] : [signature.reason],
  );
  return {
    held: anchors.filter(({ oid, head }) => !broken.has(oid) && head.seq <= newestDecision).length,
    signaturesChecked: anchors.length - reasons.length,
    unchecked: [...Map.groupBy(reasons, (reason) => reason)].map(([reason, same]) => {
      return { reason, count: same.length };
    }),
    mergesWithout: entriesOf(view, "merge").filter(
      ({ inputs }) => !anchored.has(inputs.mergeCommit),
    ).length,
  };
}

function withConsequences(findings: readonly AuditFinding[]): readonly AuditFinding[] {
  return findings.flatMap((one) => [one, ...withConsequences(one.consequences)]);
}
