import { entriesOf, entryByDigest } from "../../core/attest/ledger-view.ts";
import type { Entry } from "../../core/model/entry.ts";
import type { Anchor, AuditCase, AuditRule } from "../audit-case.ts";
import type { AuditFinding } from "../audit-report.ts";
import { aboutCommit, aboutEntry } from "../finding.ts";

/** Clocks agree within seconds; the rest is for a forge that took its time to merge. */
const toleranceMinutes = 10;

/**
 * Holds the ledger against the merge commits that name it: each was written when the ledger was that long, under an account that
 * cannot take it back. A tail that was cut off, an entry written anew and a clock that was put back disagree with them (AU-9,
 * AU-10). A merge without trailers is no finding: people with the button write none.
 */
export const anchorsHold: AuditRule = (given) => {
  const ledger = readLedger(given);
  let highest = -1;
  return given.anchors.flatMap((anchor) => {
    const found = [
      ...trailerFindings(anchor, ledger, given),
      ...(anchor.head.seq < highest ? [backwards(anchor, highest)] : []),
      ...signatureFindings(anchor),
      ...clockFindings(anchor, ledger),
    ];
    highest = Math.max(highest, anchor.head.seq);
    return found;
  });
};

/** The decisions ledger as the anchors are held against it. */
interface LedgerRead {
  readonly bySeq: ReadonlyMap<number, Entry>;
  readonly last: number;
  /** The anchor that says the ledger was longest: a cut is one finding, however many anchors it left behind. */
  readonly farthest: Anchor | null;
}

function readLedger({ view, anchors, newestDecision: last }: AuditCase): LedgerRead {
  const bySeq = new Map(view.decisions.map((entry) => [entry.seq, entry]));
  const [farthest = null] = [...anchors].sort((a, b) => b.head.seq - a.head.seq);
  return { bySeq, last, farthest };
}

function trailerFindings(
  anchor: Anchor,
  { bySeq, last, farthest }: LedgerRead,
  given: AuditCase,
): readonly AuditFinding[] {
  const { oid, head } = anchor;
  const lacks = { branch: "audit/decisions", digest: head.digest } as const;
  const expected = `entry ${head.seq} of audit/decisions to be ${head.digest}, as the commit says`;
  if (head.seq > last) {
    const actual = last < 0 ? "the ledger has no entry" : `the ledger ends with entry ${last}`;
    return anchor === farthest
      ? [aboutCommit(oid, { code: "ledger-cut", expected, actual, lacks })]
      : [];
  }
  const entry = bySeq.get(head.seq);
  const findings = decisionFindings(anchor, given);
  if (entry?.digest === head.digest) return findings;
  const actual = entry === undefined ? "there is no such entry" : `it is ${entry.digest}`;
  return [aboutCommit(oid, { code: "anchor-disagrees", expected, actual, lacks }), ...findings];
}

function decisionFindings(anchor: Anchor, { view }: AuditCase): readonly AuditFinding[] {
  const { oid, parents, decision: named, head } = anchor;
  const merge = entriesOf(view, "merge").find(({ inputs }) => inputs.mergeCommit === oid);
  const disagrees = (expected: string, actual: string): readonly AuditFinding[] => [
    aboutCommit(oid, { code: "anchor-disagrees", expected, actual }),
  ];
  const decision = entryByDigest(view, "decision", named);
  const lacks = { branch: "audit/decisions", digest: named } as const;
  if (merge !== undefined && merge.inputs.decision !== named) {
    const expected = `the decision that the commit names, ${named}`;
    const actual = `merge entry ${merge.seq} names ${merge.inputs.decision}`;
    const lost = decision === null ? { lacks } : {};
    return [aboutCommit(oid, { code: "anchor-disagrees", expected, actual, ...lost })];
  }
  if (decision === null) {
    // A merge entry that names it is judged by the rule about merges.
    if (merge !== undefined) return [];
    return [
      aboutCommit(oid, {
        code: "anchor-disagrees",
        expected: `a decision entry ${named}, as the commit says`,
        actual: "it is not in the ledger",
        lacks,
      }),
    ];
  }
  if (decision.seq > head.seq) {
    return disagrees(
      `the decision to be no newer than entry ${head.seq}, the newest when it was merged`,
      `it is entry ${decision.seq}`,
    );
  }
  const approved = decision.result.decision.head;
  if (merge === undefined && parents[1] !== approved) {
    return disagrees(
      `the decided head ${approved} as second parent`,
      `parents ${parents.join(" ")}`,
    );
  }
  return [];
}

function backwards({ oid, head }: Anchor, highest: number): AuditFinding {
  return aboutCommit(oid, {
    code: "anchor-backwards",
    expected: `a ledger of at least ${highest} entries after the trust root, as an earlier merge says`,
    actual: `the commit says that the newest was entry ${head.seq}`,
  });
}

function signatureFindings({ oid, signature }: Anchor): readonly AuditFinding[] {
  if (signature.outcome !== "bad") return [];
  const expected = "a signature of the forge over this commit, in the era of its key";
  return [aboutCommit(oid, { code: "anchor-signature-bad", expected, actual: signature.reason })];
}

/** Entries that the commit covers were written before it, and the others not long before: the forge's clock says when it was. */
function clockFindings(
  { oid, head, signature }: Anchor,
  { bySeq }: LedgerRead,
): readonly AuditFinding[] {
  if (signature.outcome !== "good") return [];
  const signedAt = signature.at.getTime();
  const tolerance = toleranceMinutes * 60_000;
  const signed = `commit ${oid}, which the forge signed at ${signature.at.toISOString()}`;
  const [covered, next] = [bySeq.get(head.seq), bySeq.get(head.seq + 1)];
  const findings: AuditFinding[] = [];
  if (covered !== undefined && Date.parse(covered.at) > signedAt + tolerance) {
    const expected = `a time before ${signed}: the commit names the entry`;
    const actual = `written at ${covered.at}`;
    findings.push(aboutEntry(covered, { code: "clock-disagrees", expected, actual }));
  }
  if (next !== undefined && Date.parse(next.at) < signedAt - tolerance) {
    const expected = `a time after ${signed}: the entry did not exist then`;
    const actual = `written at ${next.at}`;
    findings.push(aboutEntry(next, { code: "clock-disagrees", expected, actual }));
  }
  return findings;
}
