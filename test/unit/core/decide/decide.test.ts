import { describe, expect, it } from "vitest";
import { decide } from "../../../../src/core/decide/decide.ts";
import type { Snapshot } from "../../../../src/core/model/snapshot.ts";
import { buildSnapshot, noon } from "../../../support/snapshot/build-snapshot.ts";

const approved = buildSnapshot({ reviews: [{ by: "bob" }, { by: "carol" }] });

describe("decide", () => {
  it("approves the snapshot that the others differ from", () => {
    expect(decide(approved, noon).verdict).toBe("approved");
  });

  it.each<[string, Snapshot]>([
    ["the membership of no team was read", { ...approved, teams: [] }],
    [
      "the repository is of another organisation than the teams",
      { ...approved, repository: { ...approved.repository, owner: "evil" } },
    ],
    [
      "a commit names no author at all",
      withPull({ commits: approved.pull.commits.map((commit) => ({ ...commit, authors: [] })) }),
    ],
    [
      "a review has no readable time",
      withPull({
        reviews: approved.pull.reviews.map((review) => ({ ...review, submittedAt: "soon" })),
      }),
    ],
    ["the PR has no readable time", withPull({ createdAt: "long ago" })],
    ["nobody is known to have asked", withPull({ commits: [], author: null })],
    ["there is no governance", { ...approved, governance: { ...approved.governance, files: [] } }],
  ])("does not when %s", (_, snapshot) => {
    expect(decide(snapshot, noon).verdict).not.toBe("approved");
  });

  it("does not at an instant that is no instant", () => {
    expect(decide(approved, new Date(Number.NaN)).verdict).not.toBe("approved");
  });
});

function withPull(pull: Partial<Snapshot["pull"]>): Snapshot {
  return { ...approved, pull: { ...approved.pull, ...pull } };
}
