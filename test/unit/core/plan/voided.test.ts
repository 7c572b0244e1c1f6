import { describe, expect, it } from "vitest";
import type { Decision } from "../../../../src/core/model/decision.ts";
import type { Entry, EntryOf } from "../../../../src/core/model/entry.ts";
import { indexDecisions } from "../../../../src/core/plan/decision-index.ts";
import { voidedBy } from "../../../../src/core/plan/voided.ts";
import { decision, entry, file, merge, mergeCommit } from "./plan-entries.ts";

const alice = { id: 1001, login: "alice", type: "User" } as const;
const ending = (
  cause: "withdrawn" | "revoked" | "incident-closed",
  { by = alice, pull = 7, request = "a" }: Partial<EntryOf<"ending">["inputs"]> = {},
): Entry =>
  entry(
    3,
    "ending",
    { request, path: file.path, pull, by, comment: null, incident: null },
    { cause, reason: "" },
  );

function voided(later: readonly Entry[], change: Partial<Decision> = {}) {
  const judged = decision(1, change);
  return voidedBy(indexDecisions([judged, merge(2), ...later]), judged, mergeCommit);
}

describe("a decision that was ended early", () => {
  it("stands where nobody ended it", () => {
    expect(voided([])).toBeNull();
    expect(voided([ending("withdrawn", { request: "b" })])).toBeNull();
  });

  it("is void for good, and says who ended it", () => {
    expect(voided([ending("withdrawn")])).toMatchObject({
      code: "EXEC-ENDED",
      lasting: "for-good",
      reason: "It was withdrawn by alice (entry 3): open a new request.",
    });
  });

  it("is void also where the account that ended it is gone", () => {
    expect(voided([ending("incident-closed", { by: null })])?.reason).toContain("by ghost");
  });

  it("is reached from another pull request only by its removal", () => {
    expect(voided([ending("withdrawn", { pull: 9 })])).toBeNull();
    expect(voided([ending("revoked", { pull: 9 })])?.code).toBe("EXEC-ENDED");
  });

  it("is about a request: what ends one voids no decision without", () => {
    expect(voided([ending("withdrawn")], { request: null })).toBeNull();
  });
});
