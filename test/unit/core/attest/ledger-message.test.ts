import { describe, expect, it } from "vitest";

import { ledgerMessage, messageAgrees } from "../../../../src/core/attest/ledger-message.ts";
import { digestOf } from "../../../support/ledger/drafts.ts";

const trailers = { seq: 3, entry: digestOf("a"), prev: digestOf("b"), type: "merge" };
const end = `Ledger-Seq: 3\nLedger-Type: merge\nLedger-Prev: ${digestOf("b")}\nLedger-Entry: ${digestOf("a")}\n`;

function subjectLine(summary: string): string {
  const message = ledgerMessage(summary, trailers);
  expect(message.endsWith(`\n\n${end}`)).toBe(true);
  expect(messageAgrees(message, trailers)).toBe(true);
  return message.slice(0, -end.length - 2);
}

describe("ledgerMessage", () => {
  it("writes a summary and the trailers", () => {
    expect(ledgerMessage("#7 merged", trailers)).toBe(`merge: #7 merged\n\n${end}`);
    expect(ledgerMessage("x", { ...trailers, prev: null })).toContain("\nLedger-Prev: none\n");
  });

  it.each([
    ["a trailer of its own", "x\n\nLedger-Seq: 9\n", "merge: x Ledger-Seq: 9"],
    ["other line ends", "a\rb\u2028c\u0085d\vx", "merge: a b c d x"],
    ["colours and zero-width characters", "a\u001b[31mb\u200bc\u202ed", "merge: a [31mb c d"],
    ["half a character", "a\ud800b", "merge: a b"],
    ["nothing", " \n\u200b ", "merge: (no summary)"],
  ])("lets a summary bring no %s", (_, summary, line) => {
    expect(subjectLine(summary)).toBe(line);
  });

  it("cuts a long summary, never through a character", () => {
    expect(subjectLine("x".repeat(120))).toBe(`merge: ${"x".repeat(120)}`);
    expect(subjectLine("x".repeat(121))).toBe(`merge: ${"x".repeat(119)}…`);
    const cut = subjectLine(`${"x".repeat(118)}👩${"y".repeat(40)}`);
    expect(cut.isWellFormed()).toBe(true);
    expect(cut).toHaveLength("merge: ".length + 120);
  });
});

describe("messageAgrees", () => {
  it.each([
    ["another type in front", `lapsed: x\n\n${end}`],
    ["no blank line", `merge: x\n${end}`],
    ["more than the trailers", `merge: x\n\nmore\n\n${end}`],
    ["a trailer too few", `merge: x\n\n${end.replace(/Ledger-Prev.*\n/u, "")}`],
    ["nothing", ""],
  ])("refuses %s", (_, message) => {
    expect(messageAgrees(message, trailers)).toBe(false);
  });
});
