import { beforeAll, describe, expect, it } from "vitest";
import { buildReport } from "../../../../src/audit/report/build-report.ts";
import type { PeriodReport } from "../../../../src/audit/report/model.ts";
import { reportedLife } from "../../../support/life/reported-life.ts";
import type { ReportedLife } from "../../../support/life/reported-life.ts";

let life: ReportedLife;
let whole: PeriodReport;
beforeAll(async () => {
  life = await reportedLife();
  whole = of(life.began, life.now);
});

const of = (from: string, to: string): PeriodReport =>
  buildReport(life.report, life.view, { from, to });

describe("the report of a whole life", () => {
  it("is of the clone, the root and the heads that were verified, and has no finding", () => {
    const { repository, root, main, heads } = life.report;
    expect(whole).toMatchObject({ repository, root, main, heads, findings: [] });
    expect(whole.schema).toBe("countersign/audit-report/v1");
  });

  it("lists each request with where it stood and how long it took", () => {
    const rows = whole.requests.map((one) => [
      one.request,
      one.state,
      one.secondsToApprove,
      one.revokeCause,
      one.secondsToRevoke,
    ]);
    expect(rows).toEqual([
      ["life-7", "ended", 60, "expired", 30],
      ["life-9", "ended", 601, "incident-closed", 0],
      ["life-11", "ended", 9 * 3_600 + 2, "revoked", 5],
      ["life-13", "waiting", null, null, null],
    ]);
    expect(whole.states).toEqual([
      { state: "ended", count: 3 },
      { state: "waiting", count: 1 },
    ]);
    expect(whole.requests[2]?.approvals).toEqual([
      { person: "oscar", role: "approver", actsFor: null },
      { person: "carol", role: "control", actsFor: null },
    ]);
  });

  it("says how long approvals and revokes took, by rank", () => {
    expect(whole.timeToApprove).toEqual({
      count: 3,
      medianSeconds: 601,
      p90Seconds: 32_402,
      longestSeconds: 32_402,
    });
    expect(whole.timeToRevoke).toMatchObject({ count: 3, medianSeconds: 5, longestSeconds: 30 });
    expect(whole.revokeSpread.map(({ count }) => count)).toEqual([2, 1, 0, 0, 0, 0]);
  });

  it("lists the emergency with its chain and its review", () => {
    expect(whole.emergencies).toMatchObject([
      {
        request: "life-9",
        incident: "acme/access#1",
        compensatingControls: ["statement logging on"],
        approvals: [{ person: "quinn", role: "break-glass" }],
        steps: [{ step: 2, people: ["mike", "quinn"] }],
        review: { state: "justified", by: "frank" },
      },
    ]);
  });

  it("lists reviews that were given and that are still to be given", () => {
    expect(whole.reviews.map(({ request, state, by }) => [request, state, by])).toEqual([
      ["life-9", "justified", "frank"],
      ["life-11", "due", null],
    ]);
  });

  it("lists the reroute with its reason, ticket and confirmer, and the command that was refused", () => {
    expect(whole.reroutes).toMatchObject([
      {
        ...{ request: "life-11", from: "bob", to: "oscar", by: "dave", role: "approver" },
        ...{ reason: "no-answer", ticket: "OPS-7", basis: "privileged", confirmedBy: "paula" },
      },
    ]);
    expect(whole.refusedCommands).toMatchObject([
      { by: "bob", code: "CMD-ROLE", text: "/access cancel reason=duplicate ticket=OPS-1" },
    ]);
  });

  it("lists the violation with who cleared it", () => {
    expect(whole.violations).toMatchObject([
      { code: "MERGED-WITHOUT-DECISION", pull: 13, cleared: { by: "frank" } },
    ]);
  });

  it("counts every entry, and each control's by type", () => {
    const total = whole.entries.reduce((sum, { count }) => sum + count, 0);
    expect(total).toBe(life.view.decisions.length + life.view.executions.length);
    const counts = new Map(whole.entries.map(({ type, count }) => [type, count]));
    for (const { entries, total: sum } of whole.controls) {
      for (const { type, count } of entries)
        expect([type, count]).toEqual([type, counts.get(type) ?? 0]);
      expect(sum).toBe(entries.reduce((added, { count }) => added + count, 0));
    }
  });

  it("shows grants in effect without a gap, from the beginning of the period to its end", () => {
    const spans = whole.grantsInEffect;
    expect([spans[0]?.from, spans.at(-1)?.to]).toEqual([life.began, life.now]);
    for (const [at, span] of spans.slice(1).entries()) expect(span.from).toBe(spans[at]?.to);
    expect(spans.map(({ most }) => most)).toEqual([1, 0, 1]);
  });
});

describe("the report of a part", () => {
  it("shows what stood at its end, and nothing of what came later", () => {
    const report = of(life.began, "2026-11-21T14:00:00.000Z");
    expect(report.requests).toMatchObject([
      { request: "life-7", state: "active", goneAt: null, secondsToRevoke: null },
    ]);
    expect(report.timeToRevoke).toEqual({
      ...{ count: 0, medianSeconds: null, p90Seconds: null, longestSeconds: null },
    });
    expect([report.emergencies, report.reroutes, report.violations, report.reviews]).toEqual([
      ...[[], [], [], []],
    ]);
  });

  it("names access that is past its end and still there, also when it was gone later", () => {
    const due = "2026-11-21T14:01:00.000Z";
    expect(of(life.began, due).overdueRevokes).toMatchObject([
      { request: "life-7", due, overdueSeconds: 0 },
    ]);
    expect(of(life.began, "2026-11-21T14:00:59.999Z").overdueRevokes).toEqual([]);
    expect(of(life.began, "2026-11-21T14:01:20.000Z").overdueRevokes).toMatchObject([
      { overdueSeconds: 20 },
    ]);
    expect(whole.overdueRevokes).toEqual([]);
  });

  it("is half-open: an entry at its end is of the next", () => {
    const asked = "2026-11-21T10:01:00.000Z";
    expect(of(life.began, asked).requests).toMatchObject([{ state: "waiting", approvedAt: null }]);
    expect(of(asked, "2026-11-21T10:02:00.000Z").requests).toMatchObject([
      { state: "active", approvedAt: asked },
    ]);
  });

  it("calls a review overdue at its due time, and not before", () => {
    const states = (to: string) => of(life.began, to).reviews.map(({ state }) => state);
    expect(states("2026-12-06T23:32:37.999Z")).toEqual(["justified", "due"]);
    expect(states("2026-12-06T23:32:38.000Z")).toEqual(["justified", "overdue"]);
  });

  it("leaves out what was over before it, and keeps what is not", () => {
    const report = of("2026-12-01T00:00:00.000Z", "2026-12-02T00:00:00.000Z");
    expect(report.requests.map(({ request }) => request)).toEqual(["life-13"]);
    expect(report.reviews.map(({ request }) => request)).toEqual(["life-11"]);
    expect([report.entries, report.emergencies, report.violations]).toEqual([[], [], []]);
    expect(report.grantsInEffect).toMatchObject([{ most: 0 }]);
  });

  it("is empty before anything was written, and of a period without length", () => {
    for (const [from, to] of [
      ["2026-01-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z"],
      ["2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z"],
    ] as const) {
      const report = of(from, to);
      expect([report.requests, report.entries, report.states]).toEqual([[], [], []]);
      expect(report.controls.every(({ total }) => total === 0)).toBe(true);
    }
  });
});
