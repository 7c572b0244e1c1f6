import { describe, expect, test } from "vitest";
import type { Decision } from "../../../../src/core/model/decision.ts";
import type { Snapshot } from "../../../../src/core/model/snapshot.ts";
import { confirmDecision } from "../../../../src/core/plan/confirm-decision.ts";
import { mergedSnapshot } from "../../executor/decided.ts";
import { decided, decision, mergeCommit } from "./plan-entries.ts";

const shown = mergedSnapshot(decided, mergeCommit);

function confirm(
  change: {
    readonly recorded?: Partial<Decision>;
    readonly snapshot?: Snapshot;
    readonly fresh?: Partial<Decision>;
  } = {},
) {
  return confirmDecision({
    recorded: decision(1, change.recorded),
    snapshot: change.snapshot ?? shown,
    fresh: { ...decided, ...change.fresh },
  });
}

function withReviews(reviews: Snapshot["pull"]["reviews"]): Snapshot {
  return { ...shown, pull: { ...shown.pull, reviews } };
}

test("approvals that stand and a decision that is the same confirm it", () => {
  expect(confirm()).toBeNull();
});

test("other reviews beside the named ones change nothing", () => {
  const [first] = shown.pull.reviews;
  const more = first === undefined ? [] : [{ ...first, id: 5, state: "COMMENTED" as const }];
  expect(confirm({ snapshot: withReviews([...more, ...shown.pull.reviews]) })).toBeNull();
});

describe("everything else is refused", () => {
  const finding = (outcome: "indeterminate" | "pending" | "satisfied") =>
    ({ rule: "x", code: "SOD-X", outcome, reason: "It is so.", facts: [] }) as const;
  test.each([
    ["no review at all", "EXEC-APPROVAL-NOT-STANDING", { snapshot: withReviews([]) }],
    [
      "one of two reviews",
      "EXEC-APPROVAL-NOT-STANDING",
      { snapshot: withReviews(shown.pull.reviews.slice(1)) },
    ],
    [
      "a review by a ghost",
      "EXEC-APPROVAL-NOT-STANDING",
      { snapshot: withReviews(shown.pull.reviews.map((one) => ({ ...one, author: null }))) },
    ],
    [
      "a denial",
      "EXEC-APPROVAL-NOT-STANDING",
      {
        snapshot: withReviews(
          shown.pull.reviews.map((one) => ({ ...one, state: "CHANGES_REQUESTED" as const })),
        ),
      },
    ],
    ["no approval named", "EXEC-NO-APPROVAL", { recorded: { approvals: [] } }],
    [
      "another PR",
      "EXEC-OTHER-REPOSITORY",
      { snapshot: { ...shown, pull: { ...shown.pull, number: 8 } } },
    ],
    [
      "a fact that is missing",
      "EXEC-INDETERMINATE",
      { snapshot: { ...shown, missing: [{ fact: "x", reason: "y" }] } },
    ],
    [
      "an indeterminate finding",
      "EXEC-INDETERMINATE",
      { fresh: { verdict: "denied" as const, findings: [finding("indeterminate")] } },
    ],
    [
      "a pending finding",
      "EXEC-REDECIDED",
      {
        fresh: {
          verdict: "pending" as const,
          findings: [finding("satisfied"), finding("pending")],
        },
      },
    ],
    ["a denial without a finding", "EXEC-REDECIDED", { fresh: { verdict: "denied" as const } }],
    ["another head", "EXEC-REQUEST-DIFFERS", { fresh: { head: mergeCommit } }],
    ["another branch", "EXEC-REQUEST-DIFFERS", { fresh: { baseRef: "staging" } }],
    ["no request any more", "EXEC-REQUEST-DIFFERS", { fresh: { request: null } }],
    [
      "no request on record",
      "EXEC-REQUEST-DIFFERS",
      { recorded: { request: null }, fresh: { request: null } },
    ],
    [
      "no content on either side",
      "EXEC-REQUEST-DIFFERS",
      {
        recorded: { digests: { ...decided.digests, content: null } },
        fresh: { digests: { ...decided.digests, content: null } },
      },
    ],
    ["no end of its own", "EXEC-REQUEST-DIFFERS", { fresh: { notAfter: null } }],
  ])("%s", (_, code, change) => {
    expect(confirm(change)?.code).toBe(code);
  });
});
