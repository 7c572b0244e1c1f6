import { describe, expect, it } from "vitest";
import { acceptedExceptions } from "../../../../src/audit/report/accepted-exceptions.ts";
import { controlEvidence } from "../../../../src/audit/report/control-evidence.ts";
import { durationFigures } from "../../../../src/audit/report/duration-figures.ts";
import { grantedAccess } from "../../../../src/audit/report/granted-access.ts";
import { grantsInEffect } from "../../../../src/audit/report/grants-in-effect.ts";
import { failedRevokes, overdueRevokes } from "../../../../src/audit/report/late-revokes.ts";
import { mutualApprovals } from "../../../../src/audit/report/mutual-approvals.ts";
import { revokeSpread } from "../../../../src/audit/report/revoke-spread.ts";
import { usedDelegations } from "../../../../src/audit/report/used-delegations.ts";
import { reportedViolations } from "../../../../src/audit/report/reported-violations.ts";
import { entryShapes } from "../../../../src/core/attest/entry-shapes.ts";
import type { Grant } from "../../../../src/core/model/grant.ts";
import { digestOf, grantOf } from "../../../support/ledger/drafts.ts";
import { decidedAndMerged, viewOf, written } from "../../../support/ledger/view-of.ts";
import type { Written } from "../../../support/ledger/view-of.ts";

const day = { from: "2026-11-21T00:00:00.000Z", to: "2026-11-22T00:00:00.000Z" };
const nextDay = { from: day.to, to: "2026-11-23T00:00:00.000Z" };
const intentDigest = digestOf("1");

const begun = (grant: Grant): Written =>
  written(
    grant.startsAt,
    "grant-intent",
    { decision: digestOf("d"), merge: digestOf("e"), approvals: [] },
    { grant },
  );
const wanted = (at: string, grant: Grant): Written =>
  written(at, "revoke-intent", { grant, cause: "expired" }, {});
const gone = (at: string, grant: Grant, recordedAt = at): Written =>
  written(
    recordedAt,
    "revoke",
    { intent: intentDigest, grant },
    { readBack: { at, identity: grant.identity, permissions: [] } },
  );
const failed = (at: string, grant: Grant, detail: string): Written =>
  written(at, "revoke-failed", { intent: intentDigest, grant }, { detail, readBack: null });

describe("a revoke", () => {
  const grant = grantOf("slow");
  const entries = [
    begun(grant),
    wanted("2026-11-21T14:00:01.000Z", grant),
    failed("2026-11-21T14:00:02.000Z", grant, "connection refused"),
    failed("2026-11-22T14:00:02.000Z", grant, "still refused"),
  ];

  it("that failed is overdue with its attempts, and each failure is of its own period", () => {
    expect(overdueRevokes(viewOf(entries), nextDay)).toMatchObject([
      { request: "slow", due: grant.expiresAt, overdueSeconds: 34 * 3_600, failedAttempts: 2 },
    ]);
    expect(failedRevokes(viewOf(entries), day)).toMatchObject([
      { detail: "connection refused", seq: 2, goneAt: null },
    ]);
    expect(failedRevokes(viewOf(entries), nextDay)).toMatchObject([{ detail: "still refused" }]);
  });

  it("that worked after all is not overdue, and its failure says when it was gone", () => {
    const goneAt = "2026-11-22T15:00:00.000Z";
    const view = viewOf([...entries, gone(goneAt, grant)]);
    expect(overdueRevokes(view, nextDay)).toEqual([]);
    expect(failedRevokes(view, day)).toMatchObject([{ goneAt }]);
    expect(grantedAccess(view)).toMatchObject([{ secondsToRevoke: 25 * 3_600 }]);
  });

  it("is due when somebody ended it, and not only at its time", () => {
    const at = "2026-11-21T11:00:00.000Z";
    const { request, path } = grant;
    const by = { id: 1, login: "alice", type: "User" as const };
    const ending = written(
      at,
      "ending",
      { request, path, pull: 7, by, comment: 1, incident: null },
      { cause: "revoked", reason: "done" },
    );
    const view = viewOf([begun(grant), ending]);
    expect(overdueRevokes(view, day)).toMatchObject([{ due: at, overdueSeconds: 13 * 3_600 }]);
  });

  it("by administrators before its time was none of ours: it has no duration", () => {
    const readBack = { at: "2026-11-21T11:00:00.000Z", identity: "alice", permissions: [] };
    const removed = written(readBack.at, "externally-removed", { grant }, { readBack });
    expect(grantedAccess(viewOf([begun(grant), removed]))).toMatchObject([
      { goneAt: readBack.at, secondsToRevoke: null },
    ]);
  });

  it("is gone when the target said so, however much later that could be recorded", () => {
    const view = viewOf([
      begun(grant),
      gone("2026-11-21T14:00:04.000Z", grant, "2026-11-22T03:00:00.000Z"),
    ]);
    expect(grantedAccess(view)).toMatchObject([
      { secondsToRevoke: 4, goneRecordedAt: "2026-11-22T03:00:00.000Z" },
    ]);
  });
});

describe("grants in effect", () => {
  const grants = ["a", "b", "c"].map(grantOf);

  it("counts those at the same time, and not those that follow each other", () => {
    const [a = grantOf("a"), b = grantOf("b")] = grants;
    const second = { ...b, startsAt: a.expiresAt, expiresAt: "2026-11-21T18:00:00.000Z" };
    const one = [begun(a), gone(a.expiresAt, a), begun(second), gone(second.expiresAt, second)];
    expect(grantsInEffect(viewOf(one), day).map(({ most }) => most)).toEqual([0, 1, 0]);
    const all = grants.flatMap((grant) => [begun(grant), gone(grant.expiresAt, grant)]);
    expect(grantsInEffect(viewOf(all), day).map(({ most }) => most)).toEqual([0, 3, 0]);
  });

  it("goes on past the end of what was not read back as gone", () => {
    const levels = grantsInEffect(viewOf(grants.map(begun)), nextDay);
    expect(levels).toEqual([{ ...nextDay, most: 3 }]);
  });

  it("has at most 60 spans whatever the period, and none without length", () => {
    const many = Array.from({ length: 300 }, (_, at) => {
      const startsAt = new Date(Date.parse(day.from) + at * 288_000).toISOString();
      return { ...grantOf(`g${at}`), startsAt };
    });
    expect(grantsInEffect(viewOf(many.map(begun)), day)).toHaveLength(60);
    expect(grantsInEffect(viewOf([]), { from: day.from, to: day.from })).toEqual([]);
  });
});

describe("durations", () => {
  it("are ranked: half and nine of ten took at most as long", () => {
    expect(durationFigures([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])).toEqual({
      ...{ count: 10, medianSeconds: 5, p90Seconds: 9, longestSeconds: 10 },
    });
    expect(durationFigures([7])).toMatchObject({ medianSeconds: 7, p90Seconds: 7 });
  });

  it("lie in one band each, the upper end within", () => {
    const spread = revokeSpread([0, 10, 10.5, 60, 61, 86_400, 86_401]);
    expect(spread.map(({ count }) => count)).toEqual([2, 2, 1, 0, 1, 1]);
  });
});

describe("approvals", () => {
  const at = "2026-11-21T11:00:00.000Z";
  const noon = "2026-11-21T12:00:00.000Z";
  const reviews = [{ by: "bob" }, { by: "carol" }];
  const approvedBy = (
    pull: number,
    when: string,
    approver: string,
    requester: string,
    seq: number,
  ) => {
    const [decision, merge] = decidedAndMerged({ pull, at: when, given: { reviews } }, seq);
    if (decision.type !== "decision") return [];
    const made = decision.result.decision;
    const [first] = made.approvals;
    if (first === undefined) throw new Error("The example was not approved.");
    const approvals = [{ ...first, person: approver }];
    const excluded = [{ person: requester, accounts: [], from: "requester" as const, reason: "" }];
    return [{ ...decision, result: { decision: { ...made, approvals, excluded } } }, merge];
  };

  it("in both directions are a pair, once; in one direction they are none", () => {
    const given = approvedBy(7, at, "bob", "ivan", 0);
    const returned = approvedBy(8, noon, "ivan", "bob", 2);
    expect(mutualApprovals(viewOf(given), day)).toEqual([]);
    // The first was before the period, the second is in it.
    expect(mutualApprovals(viewOf([...given, ...returned]), { from: noon, to: day.to })).toEqual([
      { people: ["bob", "ivan"], given: [{ pull: 7, at }], returned: [{ pull: 8, at: noon }] },
    ]);
  });

  it("in both directions before the period are of another report", () => {
    const both = [...approvedBy(7, at, "bob", "ivan", 0), ...approvedBy(8, at, "ivan", "bob", 2)];
    expect(mutualApprovals(viewOf(both), day)).toHaveLength(1);
    expect(mutualApprovals(viewOf(both), { from: noon, to: day.to })).toEqual([]);
  });

  it("for somebody else are delegations that were used", () => {
    const [decision, merge] = decidedAndMerged({ pull: 7, at, given: { reviews } }, 0);
    if (decision.type !== "decision") throw new Error("It is no decision.");
    const made = decision.result.decision;
    const until = "2026-12-01T00:00:00Z";
    const [first, ...rest] = made.approvals;
    if (first === undefined) throw new Error("The example was not approved.");
    const approvals = [{ ...first, actsFor: { from: "heidi", until } }, ...rest];
    const acted = { ...decision, result: { decision: { ...made, approvals } } };
    expect(usedDelegations(viewOf([acted, merge]), day)).toMatchObject([
      { pull: 7, from: "heidi", to: "bob", until, role: "approver" },
    ]);
    expect(usedDelegations(viewOf([decision, merge]), day)).toEqual([]);
    expect(usedDelegations(viewOf([acted, merge]), nextDay)).toEqual([]);
  });
});

describe("an accepted conflict", () => {
  const at = "2026-11-21T11:00:00.000Z";
  const reviews = [{ by: "bob" }, { by: "carol" }];
  const exceptions = [{ conflict: "settle-and-report", reason: "Month-end close" }];
  const holdings = [{ target: "analytics-db", entitlement: "readonly" }];
  const spec = { exceptions, duration: "PT1H" };

  it("is listed with its reason and its compensating controls", () => {
    const entries = decidedAndMerged({ pull: 7, at, given: { reviews, spec, holdings } }, 0);
    expect(acceptedExceptions(viewOf(entries), day)).toMatchObject([
      {
        ...{ pull: 7, conflict: "settle-and-report", reason: "Month-end close" },
        compensatingControls: ["statement logging on"],
        approvals: [{ person: "bob" }, { person: "carol" }],
      },
    ]);
    expect(acceptedExceptions(viewOf(entries), nextDay)).toEqual([]);
  });

  it("is none where the exception was named and not needed", () => {
    const entries = decidedAndMerged({ pull: 7, at, given: { reviews, spec } }, 0);
    expect(acceptedExceptions(viewOf(entries), day)).toEqual([]);
  });
});

describe("a violation", () => {
  it("stays in every later report until somebody clears it", () => {
    const found = written(
      "2026-11-21T11:00:00.000Z",
      "violation",
      { pull: 7, commit: null, request: null, paths: [], by: null },
      { code: "X", detail: "something" },
    );
    expect(reportedViolations(viewOf([found]), nextDay)).toMatchObject([{ seq: 0, cleared: null }]);
  });
});

describe("the controls", () => {
  it("leave no type of entry without a control that it proves", () => {
    const proving = new Set(
      controlEvidence([]).flatMap(({ entries }) => entries.map(({ type }) => type)),
    );
    expect(Object.keys(entryShapes).filter((type) => !proving.has(type as never))).toEqual([]);
  });
});
