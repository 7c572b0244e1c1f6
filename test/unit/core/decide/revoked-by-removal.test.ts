import { describe, expect, it } from "vitest";
import { revokedByRemoval } from "../../../../src/core/decide/revoked-by-removal.ts";
import { buildSnapshot, noon } from "../../../support/snapshot/build-snapshot.ts";
import type { Given } from "../../../support/snapshot/build-snapshot.ts";
import { account } from "../../../support/snapshot/cast.ts";
import { ordinaryPath } from "../../../support/snapshot/request-text.ts";

const gone = { modeBefore: "100644", modeAfter: "000000", text: null, size: null } as const;
const removal: Given = {
  changes: [{ path: ordinaryPath, status: "removed", ...gone }],
  record: {
    firstPull: 3,
    access: "active",
    asked: { requester: "alice", beneficiary: "alice", author: account("alice") },
  },
};

function revoked(change: Given = {}): readonly string[] {
  const record = { ...removal.record, ...change.record };
  const snapshot = buildSnapshot({ ...removal, ...change, record });
  return revokedByRemoval(snapshot, noon).map(({ name }) => name);
}

describe("revokedByRemoval", () => {
  it("ends access whose file is removed by who asked, or by who holds a role there", () => {
    expect(revoked()).toEqual(["2026-11-21-alice-settlement"]);
    const byOwner = { author: "bob", commits: [{ authors: ["bob"] }] };
    expect(revoked(byOwner)).toEqual(["2026-11-21-alice-settlement"]);
  });

  it.each<[string, Given]>([
    ["it is removed by who has no power over it", { author: "frank", commits: [] }],
    ["somebody without power pushed as well", { pushes: [{ by: "alice" }, { by: "frank" }] }],
    ["nobody knows who pushed", { heads: ["f".repeat(40)] }],
    ["a machine opened it", { author: "countersign-gate[bot]" }],
    [
      "who opened it is suspended",
      {
        edit: [
          {
            path: "governance/people.yaml",
            from: "    - name: alice\n",
            to: "    - name: alice\n      status: suspended\n",
          },
        ],
      },
    ],
    ["a fact is missing", { missing: [{ fact: "reviews", reason: "The forge did not answer." }] }],
    [
      "governance is not intact",
      { provenance: { status: "broken", commit: "abc", reason: "Nobody approved it." } },
    ],
    [
      "governance cannot be read",
      { edit: [{ path: "governance/people.yaml", from: "kind: People", to: "kind: Persons" }] },
    ],
    ["it is closed", { pull: { state: "closed" } }],
    ["it is a draft", { pull: { draft: true } }],
    ["it adds a file", { changes: [{ path: ordinaryPath, status: "added", ...gone }] }],
    ["the access has ended", { record: { access: "ended" } }],
    ["the access can no longer begin", { record: { access: "none", notAfter: null } }],
    ["it was never decided", { record: { asked: null } }],
    [
      "it was ended before",
      { record: { ending: { cause: "revoked", by: "bob", at: "2026-11-21T09:00:00Z" } } },
    ],
  ])("ends nothing where %s", (_, change) => {
    expect(revoked(change)).toEqual([]);
  });
});
