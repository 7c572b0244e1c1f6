import { describe, expect, it } from "vitest";
import { decide } from "../../src/core/decide/decide.ts";
import type { PullEvent } from "../../src/core/model/snapshot.ts";
import { buildSnapshot, noon } from "../support/snapshot/build-snapshot.ts";

const both = [{ by: "bob" }, { by: "carol" }];
const earlier = "2026-11-21T08:30:00Z";
const later = "2026-11-21T09:30:00Z";

function verdictAfter(kind: PullEvent["kind"], at: string): string {
  return decide(buildSnapshot({ reviews: both, events: [{ kind, at }] }), noon).verdict;
}

describe("B — is the approval about this content", () => {
  const kinds: readonly PullEvent["kind"][] = [
    "force-pushed",
    "base-changed",
    "closed",
    "drafted",
    "reopened",
    "ready",
  ];

  it.each(kinds)("B2 B10 %s voids the approvals before it for good, and none after it", (kind) => {
    expect(verdictAfter(kind, later)).toBe("pending");
    expect(verdictAfter(kind, earlier)).toBe("approved");
  });

  it("an approval of a draft does not count once the draft is ready", () => {
    const events = [{ kind: "ready", at: later }] as const;
    const { reviews } = decide(buildSnapshot({ reviews: both, events }), noon);
    expect(reviews.map(({ code }) => code)).toEqual(["SOD-VOIDED", "SOD-VOIDED"]);
  });

  it("an approval given after the merge does not count for it", () => {
    const pull = {
      ...{ state: "merged" as const, mergedAt: "2026-11-21T09:00:00Z" },
      mergeCommit: "c".repeat(40),
    };
    const { verdict, reviews } = decide(buildSnapshot({ reviews: both, pull }), noon);
    expect(verdict).toBe("pending");
    expect(reviews.map(({ code }) => code)).toEqual(["SOD-COUNTS", "SOD-VOIDED"]);
  });

  it("B4 B8 an approval of another commit does not count, nor of other content", () => {
    for (const seen of [{ commit: "d".repeat(40) }, { content: "sha256:other" }]) {
      const reviews = [{ by: "bob", seen }, { by: "carol" }];
      expect(decide(buildSnapshot({ reviews }), noon).verdict).toBe("pending");
    }
  });

  it("B5 an approval that the ledger did not observe does not count", () => {
    const reviews = [{ by: "bob", seen: "none" as const }, { by: "carol" }];
    expect(decide(buildSnapshot({ reviews }), noon).verdict).toBe("pending");
  });
});
