import { describe, expect, it } from "vitest";

import { ledgerMessage, messageAgreement } from "../../../../src/core/attest/ledger-message.ts";
import { digestOf } from "../../../support/ledger/drafts.ts";

const trailers = { seq: 3, entry: digestOf("a"), prev: digestOf("b"), type: "merge" };
const end = `Ledger-Seq: 3\nLedger-Type: merge\nLedger-Prev: ${digestOf("b")}\nLedger-Entry: ${digestOf("a")}\n`;

function subjectLine(summary: string): string {
  const message = ledgerMessage(summary, trailers);
  expect(message.endsWith(`\n\n${end}`)).toBe(true);
  expect(messageAgreement(message, trailers)).toBe("agrees");
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
    ["separator of fields", "a\u00f2b", "merge: a?b"],
  ])("lets a summary bring no %s", (_, summary, line) => {
    expect(subjectLine(summary)).toBe(line);
  });

  it("cuts a long summary, never through a character", () => {
    expect(subjectLine("x".repeat(120))).toBe(`merge: ${"x".repeat(120)}`);
    expect(subjectLine("x".repeat(121))).toBe(`merge: ${"x".repeat(117)}...`);
    const cut = subjectLine(`${"x".repeat(118)}👩${"y".repeat(40)}`);
    expect(cut).toMatch(/^[\x20-\x7e]{127}$/u);
  });
});

describe("messageAgreement", () => {
  it.each([
    ["another type in front", `lapsed: x\n\n${end}`],
    ["no blank line", `merge: x\n${end}`],
    ["a trailer too few", `merge: x\n\n${end.replace(/Ledger-Prev.*\n/u, "")}`],
    ["nothing", ""],
  ])("refuses %s", (_, message) => {
    expect(messageAgreement(message, trailers)).toBe("disagrees");
  });

  it.each([
    ["more than the trailers", `merge: x\n\nmore\n\n${end}`],
    ["an author put in by a separator", `merge: x\u00f2Eve <eve@acme.example>\u00f2\n\n${end}`],
    ["colours", `merge: \u001b[31mx\n\n${end}`],
    ["a longer line than a writer's", `merge: ${"x".repeat(121)}\n\n${end}`],
    ["no summary", `merge: \n\n${end}`],
  ])("tells %s as forged", (_, message) => {
    expect(messageAgreement(message, trailers)).toBe("forged");
  });
});
