import { describe, expect, it } from "vitest";
import type { AuditFinding } from "../../../src/audit/audit-report.ts";
import { aboutEntry } from "../../../src/audit/finding.ts";
import { foldFindings } from "../../../src/audit/fold-findings.ts";
import { judgeEvidence } from "../../../src/audit/judge-evidence.ts";
import type { ChainProblem } from "../../../src/core/attest/chain-problem.ts";
import type { LedgerView } from "../../../src/core/attest/ledger-view.ts";
import { emptyView } from "../../../src/core/attest/ledger-view.ts";
import { startTimeline } from "../../../src/core/attest/trust-timeline.ts";
import { digestOf, lapsedDraft, oidOf } from "../../support/ledger/drafts.ts";
import { viewOf } from "../../support/ledger/view-of.ts";

const decisions = "audit/decisions";

function finding(code: string, seq: number, lacks: string | null): AuditFinding {
  return aboutEntry(
    { branch: "audit/executions", seq, commit: oidOf(String(seq)) },
    {
      ...{ code, expected: "something", actual: "something else" },
      ...(lacks === null ? {} : { lacks: { branch: decisions, digest: lacks } }),
    },
  );
}

function codes(findings: readonly AuditFinding[]): readonly unknown[] {
  return findings.map(({ code, consequences }) => [code, ...consequences.map((one) => one.code)]);
}

describe("what goes beneath another finding", () => {
  it("is never a grant whose decision nobody ever saw, however much of a ledger was cut", () => {
    const cut = finding("ledger-cut", 1, digestOf("1"));
    const invented = [
      finding("grant-without-decision", 2, digestOf("2")),
      finding("grant-without-decision", 3, digestOf("3")),
    ];
    const known = finding("grant-without-decision", 4, digestOf("1"));
    const other = finding("anchor-disagrees", 5, digestOf("5"));
    expect(codes(foldFindings([cut, ...invented, known, other], [], []))).toEqual([
      ["ledger-cut", "grant-without-decision", "anchor-disagrees"],
      ["grant-without-decision"],
      ["grant-without-decision"],
    ]);
  });

  it("is nothing that an entry which is not believed would only have answered", () => {
    const [entry] = viewOf([{ ...lapsedDraft("a"), at: "2026-11-21T12:00:00.000Z" }]).decisions;
    if (entry === undefined) throw new Error("no entry");
    const problem: ChainProblem = {
      ...{ code: "key-retired", branch: decisions, seq: entry.seq, commit: entry.commit },
      detail: "The key was retired.",
    };
    const ledgers = {
      ...{ view: emptyView, unbelieved: [entry], problems: [problem], trust: startTimeline(null) },
      ...{ doubts: [], peers: [], explained: [], losses: [] },
    };
    const answered =
      (code: string, lacks: string | null) =>
      (view: LedgerView): readonly AuditFinding[] =>
        view.decisions.length === 0 ? [finding(code, 7, lacks)] : [];
    // Whoever has a key of once writes a clearing, and the violation is still said.
    expect(codes(judgeEvidence(ledgers, [], answered("violation-recorded", null)))).toEqual([
      ["key-retired"],
      ["violation-recorded"],
    ]);
    // What asks for exactly that entry follows from its fault.
    const asksForIt = answered("merge-without-decision", entry.digest);
    expect(codes(judgeEvidence(ledgers, [], asksForIt))).toEqual([
      ["key-retired", "merge-without-decision"],
    ]);
  });
});
