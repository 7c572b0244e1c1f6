import { describe, expect, it, test } from "vitest";
import { decide } from "../../../../src/core/decide/decide.ts";
import { decisionFingerprint } from "../../../../src/core/decide/decision-fingerprint.ts";
import type { Decision } from "../../../../src/core/model/decision.ts";
import { providerFacts } from "../../../../src/core/model/providers.ts";
import type { Holding, Snapshot } from "../../../../src/core/model/snapshot.ts";
import { planRequest } from "../../../../src/core/plan/request-plan.ts";
import type { RequestPlan } from "../../../../src/core/plan/request-plan.ts";
import { buildSnapshot, noon } from "../../../support/snapshot/build-snapshot.ts";
import type { Given } from "../../../support/snapshot/build-snapshot.ts";
import { deepFreeze } from "../../../support/snapshot/deep-freeze.ts";

const approved: Given = { reviews: [{ by: "bob" }, { by: "carol" }] };
const running = { entitlement: "readwrite", request: "running" } as const;
const people = "governance/people.yaml";

function planned(
  given: Given,
  change: (snapshot: Snapshot) => Snapshot = (same) => same,
): RequestPlan | null {
  const snapshot = deepFreeze(change(buildSnapshot(given)));
  return planRequest(snapshot, decide(snapshot, noon));
}

describe("what the executor would do", () => {
  it("is said before anybody approved, with what is known of the kind of system", () => {
    expect(planned({})).toMatchObject({
      kind: "grant",
      request: { permission: "payments_readwrite", identity: "alice", durationSeconds: 14_400 },
      provider: providerFacts.postgres,
      latestEnd: null,
      extends: null,
      sharing: [],
      atEnd: "take-out",
    });
  });

  it("has its latest end once it is approved: its latest beginning and its duration", () => {
    const plan = planned(approved);
    expect(plan).toMatchObject({ latestEnd: "2026-11-22T13:00:00.000Z" });
  });

  it("is nothing for whom the target has no name", () => {
    const edit = [{ path: people, from: "{ target: payments-db, name: alice }, ", to: "" }];
    expect(planned({ edit })).toEqual({
      kind: "nothing",
      beneficiary: "alice",
      target: "payments-db",
    });
  });

  test.each<[string, Given]>([
    ["somebody unknown", { spec: { beneficiary: { kind: "human", name: "nobody" } } }],
    ["what cannot be read", { spec: { duration: "for ever" } }],
    ["an entitlement that is not offered", { spec: { entitlement: "superuser" } }],
    ["a change of governance", { policy: [{ path: people, from: "# Who", to: "# who" }] }],
    ["governance that does not parse", { edit: [{ path: people, from: "kind:", to: "kynd:" }] }],
  ])("is not said of %s", (_, given) => {
    expect(planned(given)).toBeNull();
  });

  it("is said of a record whose governance is no longer understood, or of a kind that is no longer known", () => {
    const snapshot = buildSnapshot({ holdings: [running] });
    const decision = decide(snapshot, noon);
    const { request } = decision;
    if (request === null) throw new Error("the ordinary request is readable");
    const strange = { ...decision, request: { ...request, provider: "constructor" } };
    expect(planRequest(snapshot, strange)).toMatchObject({ provider: null });
    const unread = { ...snapshot, governance: { ...snapshot.governance, files: [] } };
    expect(planRequest(unread, decision)).toMatchObject({ kind: "grant", sharing: [] });
  });
});

describe("the end of it", () => {
  const holding = (given: Partial<Holding>): Given => ({ holdings: [{ ...running, ...given }] });

  test.each<[string, Partial<Holding>, string, readonly unknown[]]>([
    ["a grant in effect", {}, "still-needed", [{ request: "running", as: "grant" }]],
    [
      "an approved one",
      { as: "approved" },
      "still-needed",
      [{ request: "running", as: "approved" }],
    ],
    ["what is only asked for", { as: "asked" }, "take-out", []],
    ["another permission", { entitlement: "readonly" }, "take-out", []],
    ["another target", { target: "analytics-db", entitlement: "readonly" }, "take-out", []],
    ["another name at the target", { holder: "settlement-bot" }, "take-out", []],
    ["a name that is gone", { holder: "gone" }, "take-out", []],
    ["an entitlement that is gone", { entitlement: "gone" }, "take-out", []],
    ["a read-back without a grant", { as: "target", request: null }, "pre-existing", []],
  ])("with %s", (_, given, atEnd, sharing) => {
    expect(planned(holding(given))).toMatchObject({ atEnd, sharing });
  });

  it("takes no read-back for access from before where a grant, also its own, explains it", () => {
    const seen = { ...running, as: "target", request: null } as const;
    expect(planned({ holdings: [seen, running] })).toMatchObject({ atEnd: "still-needed" });
    const own = planned({ holdings: [seen], record: { firstPull: 7, access: "active" } });
    expect(own).toMatchObject({ atEnd: "take-out" });
  });

  it("of an extension leaves what it extends, which is not named twice", () => {
    const given: Given = {
      asks: "AccessExtension",
      spec: { extends: "running" },
      holdings: [running, { ...running, request: "other" }],
    };
    expect(planned(given)).toMatchObject({
      extends: "running",
      sharing: [{ request: "other", as: "grant" }],
      atEnd: "still-needed",
    });
  });
});

it("is no part of a decision, and changes none", () => {
  const snapshot = deepFreeze(buildSnapshot({ ...approved, holdings: [running] }));
  const decision: Decision = deepFreeze(decide(snapshot, noon));
  const before = decisionFingerprint(decision);
  planRequest(snapshot, decision);
  expect(decisionFingerprint(decide(snapshot, noon))).toBe(before);
  expect(JSON.stringify(decision)).not.toContain("latestEnd");
});
