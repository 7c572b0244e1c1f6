import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide } from "../../../../src/core/decide/decide.ts";
import type { Snapshot } from "../../../../src/core/model/snapshot.ts";
import { buildSnapshot, noon } from "../../../support/snapshot/build-snapshot.ts";
import type { GivenReview } from "../../../support/snapshot/build-snapshot.ts";

const logins = [
  "alice",
  "alice-admin",
  "bob",
  "heidi",
  "ivan",
  "carol",
  "judy",
  "frank",
  "mallory",
];

const review: fc.Arbitrary<GivenReview> = fc.record({
  by: fc.constantFrom(...logins, "bob", "carol", "heidi", "judy"),
  state: fc.constantFrom(
    "APPROVED",
    "APPROVED",
    "APPROVED",
    "CHANGES_REQUESTED",
    "COMMENTED",
    "DISMISSED",
  ),
});

/** Half of the worlds begin with enough approvals, so that many properties are about an approved one. */
const snapshots = fc
  .record({
    enough: fc.constantFrom<readonly GivenReview[]>([], [{ by: "bob" }, { by: "carol" }]),
    reviews: fc.array(review, { maxLength: 5 }),
    author: fc.constantFrom("alice", "alice", "ivan"),
    authors: fc.constantFrom(["alice"], ["alice"], ["ivan", "alice"], ["alice", "bob"], ["carol"]),
  })
  .map(({ enough, reviews, author, authors }) =>
    buildSnapshot({ reviews: [...enough, ...reviews], author, commits: [{ authors }] }),
  );

const runs = { numRuns: 400 };
const approved = (snapshot: Snapshot): boolean => decide(snapshot, noon).verdict === "approved";

describe("decide", () => {
  it("reaches an approval in a fair share of what the other properties try", () => {
    const sample = fc.sample(snapshots, 400).filter(approved).length;
    expect(sample).toBeGreaterThan(40);
  });

  it("never approves a request on a review by somebody of the requester set, nor one person for two steps", () => {
    fc.assert(
      fc.property(snapshots, (snapshot) => {
        const { verdict, approvals } = decide(snapshot, noon);
        fc.pre(verdict === "approved");
        const people = approvals.map(({ person }) => person);
        const writers = snapshot.pull.commits.flatMap(({ authors }) =>
          authors.map(({ name }) => name),
        );
        expect(new Set(people).size).toBe(people.length);
        for (const person of people) {
          expect([...writers, "alice", snapshot.pull.author?.login]).not.toContain(person);
        }
      }),
      runs,
    );
  });

  it("does not care about the order of the reviews of different people", () => {
    fc.assert(
      fc.property(snapshots, (snapshot) => {
        const reversed = {
          ...snapshot,
          pull: { ...snapshot.pull, reviews: snapshot.pull.reviews.toReversed() },
        };
        expect(decide(reversed, noon)).toEqual(decide(snapshot, noon));
      }),
      runs,
    );
  });

  it("is never more approved with one more contributor, denial, missing fact or voiding event", () => {
    const worse: readonly ((snapshot: Snapshot) => Snapshot)[] = [
      (s) =>
        withPull(s, {
          commits: [
            ...s.pull.commits,
            ...buildSnapshot({ commits: [{ authors: ["bob"] }] }).pull.commits,
          ],
        }),
      (s) =>
        withPull(s, {
          commits: [
            ...s.pull.commits,
            ...buildSnapshot({ commits: [{ authors: ["ghost"] }] }).pull.commits,
          ],
        }),
      (s) => withPull(s, { reviews: [...s.pull.reviews, ...denial("heidi")] }),
      (s) => ({ ...s, missing: [{ fact: "reviews", reason: "One page is missing." }] }),
      (s) => ({ ...s, ledger: { ...s.ledger, observations: s.ledger.observations.slice(1) } }),
      (s) => ({ ...s, teams: s.teams.map((team) => ({ ...team, members: [] })) }),
      (s) =>
        withPull(s, {
          events: [{ kind: "force-pushed", at: "2026-11-21T11:00:00Z", actor: null, heads: null }],
        }),
    ];
    fc.assert(
      fc.property(snapshots, fc.constantFrom(...worse), (snapshot, spoil) => {
        if (!approved(snapshot)) expect(approved(spoil(snapshot))).toBe(false);
      }),
      runs,
    );
  });

  it("gives the same decision for doubled reviews, and after a journey through JSON", () => {
    fc.assert(
      fc.property(snapshots, (snapshot) => {
        const doubled = withPull(snapshot, {
          reviews: snapshot.pull.reviews.flatMap((given) => [given, given]),
        });
        const copy = JSON.parse(JSON.stringify(snapshot)) as Snapshot;
        expect(decide(copy, noon)).toEqual(decide(snapshot, noon));
        expect(decide(doubled, noon).verdict).toBe(decide(snapshot, noon).verdict);
      }),
      runs,
    );
  });

  it("never throws, whatever the request file says", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" })), (text) => {
        const snapshot = buildSnapshot({ reviews: [{ by: "bob" }, { by: "carol" }] });
        const changes = snapshot.pull.changes.map((change) => ({
          ...change,
          text: text.toWellFormed(),
        }));
        expect(decide(withPull(snapshot, { changes }), noon).verdict).toBe("denied");
      }),
      runs,
    );
  });
});

function withPull(snapshot: Snapshot, pull: Partial<Snapshot["pull"]>): Snapshot {
  return { ...snapshot, pull: { ...snapshot.pull, ...pull } };
}

function denial(by: string): Snapshot["pull"]["reviews"] {
  return buildSnapshot({
    reviews: [{ by, state: "CHANGES_REQUESTED", at: "2026-11-21T10:00:00Z", id: 999 }],
  }).pull.reviews;
}
