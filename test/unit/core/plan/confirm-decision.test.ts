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

describe("an incident", () => {
  const incident: NonNullable<Snapshot["incident"]> = {
    ...{ reference: "acme/access#12", state: "open", problem: null, openedBy: null },
    ...{ openedAt: "2026-11-21T07:30:00Z", confirmations: [], closings: [] },
  };
  const during = (change: Partial<typeof incident>) =>
    confirm({ snapshot: { ...shown, incident: { ...incident, ...change } } });
  const closing = { at: "2026-11-21T10:30:00Z", by: null };

  test("that is open confirms it, also when it was closed before this was asked for", () => {
    expect(during({})).toBeNull();
    expect(during({ closings: [{ ...closing, at: "2026-11-21T07:59:59Z" }] })).toBeNull();
  });

  test("that is closed refuses it for good, also when nobody can tell since when", () => {
    const reopened = during({ closings: [closing] });
    expect(reopened).toMatchObject({ code: "EXEC-INCIDENT", lasting: "for-good" });
    expect(reopened?.reason).toContain("was closed at 2026-11-21T10:30:00Z:");
    const closed = during({ state: "closed" });
    expect(closed).toMatchObject({ code: "EXEC-INCIDENT", lasting: "for-good" });
    expect(closed?.reason).toContain("was closed: open a new request");
  });

  test("that cannot be read refuses it for now", () => {
    const unreadable = during({ state: "unreadable" });
    expect(unreadable).toMatchObject({ code: "EXEC-INCIDENT", lasting: "for-now" });
  });
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
