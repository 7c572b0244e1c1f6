import { describe, expect, test } from "vitest";
import type { Entry } from "../../../../src/core/model/entry.ts";
import { accessStates, openGrants } from "../../../../src/core/plan/access-state.ts";
import {
  asDraft,
  decision,
  entry,
  grant,
  granted,
  intent,
  revokeFailed,
  revokeIntent,
} from "./plan-entries.ts";

const readBack = { at: grant.expiresAt, identity: "alice", permissions: [] };
const revoked = entry(5, "revoke", { intent: "", grant }, { readBack });
const removed = entry(5, "externally-removed", { grant }, { readBack });
const kept = entry(5, "nothing-to-do", { intent: "", grant }, { detail: "", readBack });
const failed = entry(
  2,
  "grant-failed",
  { request: "a", decision: "", intent: intent(1).digest },
  { code: "", detail: "" },
);
const refused = entry(
  1,
  "grant-failed",
  { request: "a", decision: "", intent: null },
  { code: "", detail: "" },
);

const table: readonly [string, readonly Entry[], string, string | null][] = [
  ["nothing", [], "none", null],
  ["a refusal", [refused], "none", null],
  ["entries of another kind", [decision(1)], "none", null],
  ["an intent: the target may hold it", [intent(1)], "active", "intended"],
  ["an intent that failed, not read back", [intent(1), failed], "active", "intended"],
  ["a grant", [intent(1), granted(2)], "active", "active"],
  ["a revoke that began", [intent(1), granted(2), revokeIntent(3)], "active", "revoking"],
  [
    "a revoke that failed",
    [intent(1), granted(2), revokeIntent(3), revokeFailed(4)],
    "failed",
    "revoke-failed",
  ],
  [
    "a revoke after one that failed",
    [intent(1), granted(2), revokeIntent(3), revokeFailed(4), revoked],
    "ended",
    null,
  ],
  ["a removal by somebody else", [intent(1), granted(2), removed], "ended", null],
  ["an end that left the access", [intent(1), granted(2), revokeIntent(3), kept], "ended", null],
];

describe("accessStates and openGrants", () => {
  test.each(table)("%s", (_, executions, state, phase) => {
    expect(accessStates(executions).get("a") ?? "none").toBe(state);
    expect(openGrants(executions).map((one) => one.phase)).toEqual(phase === null ? [] : [phase]);
    expect(accessStates(executions).get("b") ?? "none").toBe("none");
  });

  test.each(table)(
    "the order in which records are read changes nothing: %s",
    (_, executions, state) => {
      expect(accessStates([...executions].reverse()).get("a") ?? "none").toBe(state);
      expect(openGrants([...executions].reverse())).toEqual(openGrants(executions));
    },
  );
});

test("an open grant says what it rests on, and whether it failed or is leaving", () => {
  const [open] = openGrants([intent(1), failed, revokeIntent(3)]);
  expect(open).toEqual({
    grant,
    phase: "revoking",
    intent: intent(1).digest,
    decision: decision(1).digest,
    merge: intent(1).inputs.merge,
    failed: "yes",
    cause: "expired",
  });
});

test("what still waits to be pushed counts as well, and its digest is not known", () => {
  expect(openGrants([asDraft(intent(1))])[0]?.intent).toBeNull();
  expect(accessStates([intent(1), asDraft(revoked)]).get("a") ?? "none").toBe("ended");
});

test("open grants are sorted by their end, then by their id", () => {
  const soon = "2026-11-21T11:00:00.000Z";
  const intents = [
    intent(1, { id: "c" }),
    intent(2, { id: "b" }),
    intent(3, { id: "d", expiresAt: soon }),
    intent(4, { id: "e" }),
  ];
  for (const records of [intents, [...intents].reverse()]) {
    expect(openGrants(records).map((one) => one.grant.id)).toEqual(["d", "b", "c", "e"]);
  }
});
