import { describe, expect, it, test } from "vitest";

import {
  draftDefect,
  parseStatement,
  statementText,
} from "../../../../src/core/attest/statement.ts";
import type { EntryDraft } from "../../../../src/core/model/entry.ts";
import { digestOf, lapsedDraft, revokeIntentDraft } from "../../../support/ledger/drafts.ts";

const position = {
  seq: 1,
  prev: digestOf("1"),
  prevBySigner: null,
  observedPeer: { seq: 4, digest: digestOf("4") },
  at: "2026-11-21T10:00:00.000Z",
};

describe("draftDefect", () => {
  it("finds nothing in a draft of its type's shape", () => {
    expect(draftDefect(lapsedDraft("a"))).toBeNull();
    expect(draftDefect(revokeIntentDraft("a"))).toBeNull();
  });

  test.each<[string, Partial<EntryDraft>, string]>([
    ["inputs of another type", { inputs: { request: "a" } as never }, "the inputs are not those"],
    ["a result of another type", { result: {} as never }, "the result is not that"],
    [
      "a member too many",
      { result: { notAfter: "2026-11-21T09:00:00Z", more: 1 } as never },
      "the result is not that",
    ],
    ["no idempotency key", { idempotencyKey: "" }, "the idempotency key is empty"],
  ])("names %s, so that it is not signed", (_, change, sentence) => {
    const draft = { ...lapsedDraft("a"), ...change } as EntryDraft;
    expect(draftDefect(draft)).toContain(sentence);
  });

  it("agrees with the reader: what it lets be signed is read back the same", () => {
    const draft = lapsedDraft("a");
    const parsed = parseStatement(Buffer.from(statementText(draft, position)));
    const { type, inputs, result, idempotencyKey, delivery } = draft;
    expect(parsed).toMatchObject({
      ok: true,
      statement: { type, inputs, result, idempotencyKey, delivery, ...position },
    });
    const refused = { ...draft, inputs: { request: "a" } as never };
    expect(() => statementText(refused, position)).toThrow();
  });
});
