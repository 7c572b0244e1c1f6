import { expect, it } from "vitest";
import { bindApproval } from "../../../../src/core/evaluate/binding.ts";
import { buildSnapshot } from "../../../support/snapshot/build-snapshot.ts";

it.each([
  ["force-pushed", "force-pushed"],
  ["base-changed", "moved to another base branch"],
  ["closed", "closed"],
  ["drafted", "turned into a draft"],
  ["reopened", "reopened"],
  ["ready", "marked ready for review"],
] as const)("an approval before the pull request was %s says so", (kind, words) => {
  const at = "2026-11-21T09:30:00Z";
  const snapshot = buildSnapshot({ reviews: [{ by: "bob" }], events: [{ kind, at }] });
  const [review] = snapshot.pull.reviews;
  const content = snapshot.ledger.observations[0]?.contentDigest ?? null;
  if (review === undefined) throw new Error("bob gave a review.");
  expect(bindApproval(snapshot, review, content)).toEqual({
    bound: "no",
    code: "SOD-VOIDED",
    reason: `The pull request was ${words} after it: please approve again.`,
  });
  const before = { ...snapshot, pull: { ...snapshot.pull, events: [] } };
  expect(bindApproval(before, review, content).bound).toBe("yes");
});
