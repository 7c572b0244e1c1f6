import { describe, expect, it } from "vitest";
import { snapshotShape } from "../../../../src/core/attest/snapshot-shape.ts";
import type { Json } from "../../../../src/core/model/json.ts";
import { buildSnapshot, headOid } from "../../../support/snapshot/build-snapshot.ts";

const at = "2026-11-21T10:00:00Z";

function accepts(review: object, event: object = {}): boolean {
  const snapshot = buildSnapshot({
    reviews: [{ by: "carol", state: "DISMISSED" }],
    events: [{ kind: "force-pushed", at, heads: { before: null, after: headOid } }],
  });
  const reviews = snapshot.pull.reviews.map((one) => ({ ...one, ...review }));
  const events = snapshot.pull.events.map((one) => ({ ...one, ...event }));
  const changed = { ...snapshot, pull: { ...snapshot.pull, reviews, events } };
  return snapshotShape(JSON.parse(JSON.stringify(changed)) as Json);
}

describe("the shape of a snapshot", () => {
  it.each(["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "UNKNOWN"])(
    "accepts the dismissal of a review that was %s, and none",
    (was) => {
      const by = { id: 1001, login: "alice", type: "User" };
      expect(accepts({})).toBe(true);
      expect(accepts({ dismissal: { at, by, was } })).toBe(true);
      expect(accepts({ dismissal: { at, by: null, was } })).toBe(true);
      expect(accepts({ dismissal: null })).toBe(true);
    },
  );

  it.each([
    ["left out", undefined],
    ["of an unknown state", { at, by: null, was: "DISMISSED" }],
    ["without an instant", { at: "soon", by: null, was: "UNKNOWN" }],
    ["with a further key", { at, by: null, was: "UNKNOWN", why: "x" }],
  ])("refuses a dismissal %s", (_name, dismissal) => {
    expect(accepts({ dismissal })).toBe(false);
  });

  it("accepts both heads of a force-push, each of them lost, and none of another event", () => {
    const other = "c".repeat(40);
    expect(accepts({}, { heads: { before: other, after: headOid } })).toBe(true);
    expect(accepts({}, { heads: { before: null, after: null } })).toBe(true);
    expect(accepts({}, { kind: "closed", heads: null })).toBe(true);
  });

  it.each([
    ["left out", undefined],
    ["that are no oids", { before: "main", after: headOid }],
    ["of which one is left out", { before: headOid }],
  ])("refuses heads %s", (_name, heads) => {
    expect(accepts({}, { heads })).toBe(false);
  });
});
