import { describe, expect, it } from "vitest";

import { emptyView, extendView } from "../../../../src/core/attest/ledger-view.ts";
import { verifyPeers } from "../../../../src/core/attest/verify-peers.ts";
import type { Entry, ObservedHead } from "../../../../src/core/model/entry.ts";
import { digestOf } from "../../../support/ledger/drafts.ts";
import { decision, granted, merge } from "../plan/plan-entries.ts";

const view = extendView(emptyView, [decision(0), merge(1)]);

function executed(observedPeer: ObservedHead | null): Entry {
  return { ...granted(3), branch: "audit/executions", observedPeer };
}

function codes(observedPeer: ObservedHead | null, known = view): readonly string[] {
  return verifyPeers([executed(observedPeer)], known).map(
    ({ code, branch, seq }) => `${code} ${branch}@${seq}`,
  );
}

describe("verifyPeers", () => {
  it("believes an observation that is there, and an entry that observed nothing", () => {
    expect(codes({ seq: 1, digest: merge(1).digest })).toEqual([]);
    expect(codes({ seq: 0, digest: decision(0).digest })).toEqual([]);
    expect(codes(null)).toEqual([]);
    expect(verifyPeers([], view)).toEqual([]);
  });

  it("names a peer that lost its tail: what was observed is beyond its newest entry", () => {
    expect(codes({ seq: 2, digest: digestOf("2") })).toEqual(["peer-ahead audit/executions@3"]);
    expect(codes({ seq: 0, digest: decision(0).digest }, emptyView)).toEqual([
      "peer-ahead audit/executions@3",
    ]);
  });

  it("names a peer that was written again: another entry has that number or that digest", () => {
    const disagrees = ["peer-disagrees audit/executions@3"];
    expect(codes({ seq: 1, digest: digestOf("1") })).toEqual(disagrees);
    expect(codes({ seq: 0, digest: merge(1).digest })).toEqual(disagrees);
  });

  it("does not take an entry of its own ledger for one of the other", () => {
    const own: Entry = { ...granted(0), branch: "audit/executions", digest: digestOf("f") };
    const seen = { seq: 0, digest: own.digest };
    expect(codes(seen, extendView(view, [own]))).toEqual(["peer-disagrees audit/executions@3"]);
  });
});
