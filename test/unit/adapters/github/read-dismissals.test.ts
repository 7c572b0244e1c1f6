import { describe, expect, it } from "vitest";
import { acme, alice, connection, review, user } from "../../../support/forge/graphql-world.ts";
import { readerOf } from "../../../support/forge/graphql-reader.ts";

const bob = user(1002, "bob");
const submittedAt = "2026-11-21T08:00:00Z";

function dismissed(id: number | null, over: object = {}) {
  return {
    ...{ __typename: "ReviewDismissedEvent", createdAt: "2026-11-21T09:00:00Z", actor: alice },
    ...{ previousReviewState: "APPROVED" },
    review: id === null ? null : { fullDatabaseId: String(id) },
    ...over,
  };
}

async function read(reviews: readonly object[], timeline: readonly object[]) {
  const pull = { reviews: connection(reviews), timelineItems: connection(timeline) };
  return readerOf(acme({ pull })).reader.readPull(7, []);
}

describe("dismissals", () => {
  it("tells who dismissed which review when, and what it had said", async () => {
    const { reviews, events, missing } = await read(
      [review(11, bob, { state: "DISMISSED" }), review(12, bob)],
      [dismissed(11, { previousReviewState: "CHANGES_REQUESTED" })],
    );
    const by = { id: 1001, login: "alice", type: "User" };
    expect(reviews.map(({ dismissal }) => dismissal)).toEqual([
      { at: "2026-11-21T09:00:00Z", by, was: "CHANGES_REQUESTED" },
      null,
    ]);
    expect([events, missing]).toEqual([[], []]);
  });

  it("takes the last of several, in whatever order they come", async () => {
    const { reviews } = await read(
      [review(11, bob, { state: "DISMISSED" })],
      [
        dismissed(11, { createdAt: "2026-11-21T10:00:00Z", actor: bob }),
        dismissed(11, { createdAt: "2026-11-21T09:30:00Z" }),
      ],
    );
    expect(reviews[0]?.dismissal).toMatchObject({ at: "2026-11-21T10:00:00Z", by: { id: 1002 } });
  });

  it.each([
    ["without an event", [], submittedAt],
    ["with the event of another review", [dismissed(12)], submittedAt],
    ["with an event that names no review", [dismissed(null)], submittedAt],
    [
      "that the event calls pending",
      [dismissed(11, { previousReviewState: "PENDING", actor: null })],
      "2026-11-21T09:00:00Z",
    ],
  ])("does not know what a review said %s", async (_name, timeline, at) => {
    const { reviews } = await read([review(11, bob, { state: "DISMISSED" })], timeline);
    expect(reviews[0]?.dismissal).toEqual({ at, by: null, was: "UNKNOWN" });
  });

  it("says nothing of a review that is not dismissed", async () => {
    const { reviews } = await read([review(11, bob)], [dismissed(11)]);
    expect(reviews[0]?.dismissal).toBeNull();
  });
});

describe("heads of a force-push", () => {
  it("shows both, or null for what GitHub lost; other events have none", async () => {
    const forced = { __typename: "HeadRefForcePushedEvent", actor: alice };
    const { events } = await read(
      [],
      [
        {
          ...{ ...forced, createdAt: "2026-11-21T08:00:00Z" },
          ...{ beforeCommit: { oid: "1".repeat(40) }, afterCommit: { oid: "2".repeat(40) } },
        },
        { ...forced, createdAt: "2026-11-21T08:01:00Z", beforeCommit: null, afterCommit: null },
        { __typename: "ClosedEvent", createdAt: "2026-11-21T08:02:00Z", actor: alice },
      ],
    );
    expect(events.map(({ heads }) => heads)).toEqual([
      { before: "1".repeat(40), after: "2".repeat(40) },
      { before: null, after: null },
      null,
    ]);
  });
});
