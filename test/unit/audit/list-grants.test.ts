import { beforeEach, describe, expect, it } from "vitest";
import { listDrift } from "../../../src/audit/list-drift.ts";
import { isCurrent, isLate, listGrants } from "../../../src/audit/list-grants.ts";
import type { ListedGrant } from "../../../src/audit/list-grants.ts";
import { renderDrift } from "../../../src/audit/render-drift.ts";
import { renderFailures } from "../../../src/audit/render-failures.ts";
import { renderGrants } from "../../../src/audit/render-grants.ts";
import { viewAsOf } from "../../../src/core/attest/ledger-view.ts";
import { lifeWorld } from "../../support/life/life-world.ts";
import type { LifeWorld } from "../../support/life/life-world.ts";
import { viewOf, written } from "../../support/ledger/view-of.ts";
import { grant as sample } from "../core/plan/plan-entries.ts";

let world: LifeWorld;
beforeEach(async () => {
  world = await lifeWorld();
});

const access = "payments-db alice payments_readwrite";
const list = (now = world.now()): readonly ListedGrant[] => listGrants(world.view(), now);
const current = (): readonly ListedGrant[] => list().filter(isCurrent);

/** Alice asks, bob and carol approve, the executor grants. */
async function granted(pull = 7): Promise<void> {
  world.ask("alice", "request");
  await world.look(pull);
  world.review("bob", pull, "APPROVED");
  world.review("carol", pull, "APPROVED");
  await world.look(pull);
  await world.execute();
}

describe("what is in effect", () => {
  it("is listed from its intent until it was read back as gone, and in the full list for ever", async () => {
    world.ask("alice", "request");
    await world.look(7);
    expect(current()).toEqual([]);
    expect(list()).toMatchObject([{ request: "life-7", pull: 7, state: "waiting", open: "no" }]);
    world.review("bob", 7, "APPROVED");
    world.review("carol", 7, "APPROVED");
    await world.look(7);
    expect(current()).toEqual([]);
    await world.execute();
    expect(current()).toMatchObject([
      {
        ...{ request: "life-7", pull: 7, state: "active", open: "yes", overdue: "no" },
        access: { beneficiary: "alice", identity: "alice", target: "payments-db" },
        failure: null,
      },
    ]);
    world.pass(4 * 3600);
    expect(current()).toMatchObject([{ overdue: "yes" }]);
    expect(current().some(isLate)).toBe(true);
    await world.execute();
    expect(current()).toEqual([]);
    expect(list()).toMatchObject([{ state: "ended", open: "no", overdue: "no" }]);
  });

  it("is shown with its end, how long it still is, and its pull request, in one line where nobody measures", async () => {
    await granted();
    world.pass(90 * 60);
    const [head, row, ...rest] = renderGrants(list(), { now: world.now(), room: null }).split("\n");
    expect(head).toMatch(/^STATE +WHO +WHAT +WHERE +UNTIL +STILL +REQUEST +PR$/u);
    expect(row).toMatch(
      /^active {2}alice {2}readwrite {2}payments-db {2}[\d-]{10}T[\d:]{8}Z {2}2 h 30 min {2}life-7 {3}#7$/u,
    );
    expect(rest).toEqual([""]);
    const late = new Date(world.now().getTime() + 3 * 3600_000);
    expect(renderGrants(list(late), { now: late, room: null })).toContain("  OVERDUE 30 min  ");
  });

  it("is what its grant says, whatever another pull request asks for under its name", async () => {
    await granted();
    world.ask("ivan", "request");
    await world.look(8);
    const [entry] = world.view().byType.get("decision")?.slice(-1) ?? [];
    if (entry?.type !== "decision") throw new Error("#8 was decided");
    const { decision } = entry.result;
    if (decision.request === null) throw new Error("#8 asks for something");
    const request = { ...decision.request, name: "life-7", entitlement: "everything" };
    const forged = { ...entry, result: { decision: { ...decision, request } } };
    const written = [...world.view().decisions.filter((one) => one !== entry), forged];
    const view = viewOf([...written, ...world.view().executions] as never);
    const [own] = listGrants(view, world.now());
    expect(own).toMatchObject({ pull: 7, access: { entitlement: "readwrite" } });
    const undone = listGrants(viewOf(written as never), world.now());
    expect(undone[0]).toMatchObject({ pull: 7, access: { entitlement: "readwrite" } });
  });

  it("is listed also where nobody asked for it, and where it may be left of a grant that failed", () => {
    const intent = written(
      sample.startsAt,
      "grant-intent",
      { decision: "d", merge: "m", approvals: [] },
      { grant: sample },
    );
    const now = new Date(sample.startsAt);
    expect(listGrants(viewOf([intent]), now)).toMatchObject([
      { request: "a", pull: null, state: "activating", open: "yes", access: { kind: null } },
    ]);
    const digest = viewOf([intent]).executions[0]?.digest ?? "";
    const failed = written(
      sample.startsAt,
      "grant-failed",
      { request: "a", decision: "d", intent: digest },
      { code: "EXEC-NOT-READ-BACK", detail: "not there" },
    );
    const [left] = listGrants(viewOf([intent, failed]), now);
    expect(left).toMatchObject({ state: "grant failed", open: "yes" });
    const unending = { ...sample, expiresAt: "never" };
    const strange = { ...intent, result: { grant: unending } } as typeof intent;
    expect(listGrants(viewOf([strange]), now)).toMatchObject([{ overdue: "yes" }]);
  });
});

describe("as of an instant in the past", () => {
  it("shows what the entries until then show, the instant itself among them", async () => {
    await granted();
    const began = world.view().executions.findLast(({ type }) => type === "grant")?.at ?? "";
    world.pass(4 * 3600);
    await world.execute();
    const asOf = (instant: Date): readonly ListedGrant[] =>
      listGrants(viewAsOf(world.view(), instant), instant);
    expect(asOf(new Date(began))).toMatchObject([{ state: "active", overdue: "no" }]);
    expect(asOf(new Date(Date.parse(began) - 1))[0]?.open).not.toBe("yes");
    expect(asOf(world.now())).toMatchObject([{ state: "ended" }]);
    expect(asOf(new Date(0))).toEqual([]);
  });
});

describe("a revoke that fails", () => {
  it("is listed with since when, how often, why, and what to do, until the target answers", async () => {
    await granted();
    world.faults.set("payments-db", "down");
    world.pass(4 * 3600);
    await world.execute();
    const since = world.now().toISOString();
    expect(renderFailures(list(), null)).toContain("once on record");
    world.pass(3600);
    await world.execute();
    expect(current()).toMatchObject([
      {
        ...{ state: "revoke failed", open: "yes", overdue: "yes" },
        failure: {
          ...{ since, recorded: 2, lastAt: world.now().toISOString() },
          reason: expect.stringContaining("payments-db is down") as string,
        },
      },
    ]);
    const text = renderFailures(list(), null).replace(/\s+/gu, " ");
    expect(text).toContain("life-7 (#7): readwrite at payments-db for alice — OVERDUE");
    expect(text).toContain("2 times on record (once an hour at most)");
    expect(text).toContain("Last reason: payments-db is down");
    expect(text).toContain("take payments_readwrite from alice by hand");
    expect(renderGrants(list(), { now: world.now(), room: null })).toContain("see --failed");
    world.faults.clear();
    world.pass(300);
    await world.execute();
    expect(list()).toMatchObject([{ state: "ended", failure: null }]);
    expect(renderFailures(list(), null)).toBe("");
  });
});

describe("access that somebody else took out", () => {
  it("is listed with its entry and what was read back", async () => {
    world.incident("heidi", "opens");
    world.ask("alice", "emergency");
    await world.look(7);
    world.pass(60);
    world.review("grace", 7, "APPROVED");
    await world.look(7);
    await world.execute();
    expect(listDrift(world.view())).toEqual([]);
    world.takeByHand(access);
    world.pass(60);
    await world.execute();
    const drift = listDrift(world.view());
    expect(drift).toMatchObject([
      { type: "externally-removed", at: world.now().toISOString(), grant: { request: "life-7" } },
    ]);
    const text = renderDrift(drift, null);
    expect(text).toMatch(/taken out by somebody else {2}alice {2}readwrite {2}payments-db /u);
    expect(text).toMatch(
      new RegExp(` life-7 +${drift[0]?.entry ?? ""}\n  alice then held nothing\n`, "u"),
    );
    expect(list()).toMatchObject([{ state: "ended", open: "no" }]);
  });
});

describe("text of strangers", () => {
  const hostile = "x\n\u001b[2Kactive  root  everything\u202e\r";
  const now = new Date(sample.startsAt);
  const grant = { ...sample, beneficiary: hostile, identity: hostile, entitlement: hostile };
  const named = { ...grant, request: hostile, target: hostile, permission: hostile };
  const begun = written(
    sample.startsAt,
    "grant-intent",
    { decision: "d", merge: "m", approvals: [] },
    { grant: named },
  );
  const revokeFailed = written(
    sample.startsAt,
    "revoke-failed",
    { intent: "i", grant: named },
    { detail: hostile, readBack: null },
  );
  const readBack = { at: hostile, identity: hostile, permissions: [hostile] };
  const removed = written(sample.startsAt, "externally-removed", { grant: named }, { readBack });
  const listed = listGrants(viewOf([begun, revokeFailed]), now);

  it.each([
    ["a table", renderGrants(listed, { now, room: null }), 3],
    ["failures", renderFailures(listed, null), null],
    ["drift", renderDrift(listDrift(viewOf([removed])), null), 3],
  ])("makes no line, column or movement of its own in %s", (_, text, lines) => {
    expect(text.replaceAll("\n", "")).not.toMatch(/\p{C}/u);
    expect(text).not.toMatch(/^active|active {2}root/mu);
    expect(text).toContain("active root everything");
    if (lines !== null) expect(text.trimEnd().split("\n")).toHaveLength(lines);
  });
});
