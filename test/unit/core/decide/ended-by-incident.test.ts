import { describe, expect, it } from "vitest";
import { endedByIncident } from "../../../../src/core/decide/ended-by-incident.ts";
import { buildSnapshot, noon } from "../../../support/snapshot/build-snapshot.ts";
import type { Given } from "../../../support/snapshot/build-snapshot.ts";

const reference = "acme/access#12";
const closing = { at: "2026-11-21T10:00:00Z", by: null };
const given: Given = {
  asks: "BreakGlassRequest",
  spec: { duration: "PT1H", references: [{ type: "incident", id: "#12" }] },
  incident: { reference, closings: [closing] },
  record: { firstPull: 7 },
};
const merged = {
  state: "merged",
  mergedAt: "2026-11-21T09:00:00Z",
  mergeCommit: "c".repeat(40),
} as const;

function ended(change: Given = {}) {
  const record = { ...given.record, ...change.record };
  return endedByIncident(buildSnapshot({ ...given, ...change, record }), noon);
}

describe("endedByIncident", () => {
  it("ends what waits for its approval, can still begin, or is in effect", () => {
    expect(ended()).toMatchObject({ record: { firstPull: 7 }, incident: { reference }, closing });
    const soon = "2026-11-21T12:00:01Z";
    expect(ended({ pull: merged, record: { notAfter: soon } })).toMatchObject({ closing });
    expect(ended({ pull: merged, record: { access: "active" } })).toMatchObject({ closing });
  });

  it.each<[string, Given]>([
    ["the incident goes on", { incident: { reference } }],
    [
      "it was closed before this was asked for",
      { incident: { reference, closings: [{ ...closing, at: "2026-11-21T07:59:59Z" }] } },
    ],
    ["nobody read the incident", { incident: null }],
    ["it was never decided for this incident", { record: { incident: "acme/access#11" } }],
    ["its name belongs to another pull request", { record: { firstPull: 3 } }],
    [
      "it is over already",
      { record: { ending: { cause: "withdrawn", by: "alice", at: "2026-11-21T09:00:00Z" } } },
    ],
    ["its access has ended", { pull: merged, record: { access: "ended" } }],
    ["it is merged and can no longer begin", { pull: merged, record: { notAfter: null } }],
    ["nothing is on record", { ledger: { requests: [] } }],
  ])("ends nothing where %s", (_, change) => {
    expect(ended(change)).toBeNull();
  });
});
