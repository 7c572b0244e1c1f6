import { beforeEach, describe, expect, it } from "vitest";
import { memoryLedgerStore } from "../../../src/adapters/memory/memory-ledger-store.ts";
import type { AuditReport } from "../../../src/audit/audit-report.ts";
import { listGrants } from "../../../src/audit/list-grants.ts";
import { renderGrants } from "../../../src/audit/render-grants.ts";
import { verifyAudit } from "../../../src/audit/verify-audit.ts";
import { entriesOf } from "../../../src/core/attest/ledger-view.ts";
import type { EntryOf, EntryType } from "../../../src/core/model/entry.ts";
import { reviewStates } from "../../../src/core/plan/review-states.ts";
import { lifeWorld } from "../../support/life/life-world.ts";
import type { LifeWorld } from "../../support/life/life-world.ts";

let world: LifeWorld;
beforeEach(async () => {
  world = await lifeWorld();
});

const pull = 7;
const access = "payments-db alice payments_readwrite";
const entries = <T extends EntryType>(type: T): readonly EntryOf<T>[] =>
  entriesOf(world.view(), type);
const codes = (): readonly string[] =>
  entries("command").map(({ inputs, result }) => `${inputs.asked.actor.login} ${result.code}`);
const newest = () => entries("decision").at(-1)?.result.decision;

const later = (seconds: number): Date => new Date(world.now().getTime() + seconds * 1000);
const audit = (now = world.now()): Promise<AuditReport> => {
  const { mirror, remote, keys } = world.scene;
  const store = memoryLedgerStore(remote);
  return verifyAudit({ mirror, store, expectedRoot: keys.rootDigest, now });
};

/** Asks for an incident of heidi's, and waits so long. */
async function asked(seconds: number): Promise<void> {
  world.incident("heidi", "opens");
  world.ask("alice", "emergency");
  await world.look(pull);
  world.pass(seconds);
}

async function granted(): Promise<void> {
  await asked(60);
  world.review("grace", pull, "APPROVED");
  await world.look(pull);
  await world.execute();
}

/** After the incident was closed: the executor revokes, and the gate sees it. */
async function over(): Promise<void> {
  world.incident("heidi", "closes");
  await world.sweep();
  await world.execute();
  await world.sweep();
}

describe("an emergency", () => {
  it("goes from the chain to the grant, ends with its incident, and is reviewed", async () => {
    await asked(599);
    await world.look(pull);
    expect(entries("chain-step")).toEqual([]);
    world.pass(1);
    world.review("quinn", pull, "APPROVED");
    await world.look(pull);
    expect(entries("chain-step")).toMatchObject([
      { inputs: { pull, request: "life-7", step: 2 }, result: { people: ["mike", "quinn"] } },
    ]);
    const [merge] = entries("merge");
    expect(merge?.seq).toBeGreaterThan(entries("chain-step")[0]?.seq ?? Infinity);
    await world.execute();
    expect([...world.held]).toEqual([access]);

    world.pass(600);
    await over();
    expect([...world.held]).toEqual([]);
    expect(entries("ending")).toMatchObject([
      {
        inputs: {
          request: "life-7",
          by: { login: "heidi" },
          incident: { reference: "acme/access#1" },
        },
        result: { cause: "incident-closed" },
      },
    ]);
    const [review] = entries("review-opened");
    expect(review).toMatchObject({
      inputs: { request: "life-7", pull },
      result: { reasons: ["Emergency access for acme/access#1."] },
    });
    const due = Date.parse(review?.result.due ?? "") - Date.parse(review?.at ?? "");
    expect(due).toBe(2 * 86_400_000);
    const issue = world.scene.tracker.issues.get(review?.result.issue ?? 0);
    expect(issue?.state).toBe("open");
    expect(issue?.body).toContain("/access review outcome=justified");

    for (const login of ["alice", "grace", "frank", "frank"]) {
      world.comment(login, pull, "/access review outcome=unjustified");
      await world.look(pull);
    }
    expect(codes()).toEqual([
      "alice CMD-ROLE",
      "grace CMD-ROLE",
      "frank CMD-REVIEWED",
      "frank CMD-REVIEWED-BEFORE",
    ]);
    expect(world.scene.tracker.issues.get(review?.result.issue ?? 0)?.state).toBe("closed");

    const { findings, doubts, reviews } = await audit();
    expect([...findings, ...doubts]).toEqual([]);
    expect(reviews).toMatchObject([{ request: "life-7", state: "unjustified" }]);
  });

  it("is listed with its review, in capitals once that is overdue", async () => {
    await granted();
    const during = listGrants(world.view(), world.now());
    const shown = { now: world.now(), room: null };
    expect(renderGrants(during, shown)).toContain("alice  readwrite (emergency)  payments-db");
    expect(during).toMatchObject([{ state: "active", overdue: "no", review: null }]);
    expect(listGrants(world.view(), later(3_600))).toMatchObject([{ overdue: "yes" }]);
    await over();
    const [due] = listGrants(world.view(), world.now());
    expect(due).toMatchObject({ state: "ended", overdue: "no", review: { state: "due" } });
    const overdue = listGrants(world.view(), later(2 * 86_400));
    expect(overdue).toMatchObject([{ review: { state: "overdue" } }]);
    expect(renderGrants(overdue, shown)).toMatch(/review #\d+ is OVERDUE since/u);
    expect((await audit(later(2 * 86_400))).reviews).toMatchObject([{ state: "overdue" }]);
  });

  it("is over for good when its incident is closed before anybody approved, and the pull request is closed", async () => {
    await asked(60);
    world.incident("heidi", "closes");
    await world.sweep();
    expect(entries("ending")).toMatchObject([{ result: { cause: "incident-closed" } }]);
    expect(world.scene.world.pulls.get(pull)?.state).toBe("closed");

    world.incident("heidi", "reopens");
    world.setOpen(pull, "open");
    world.review("grace", pull, "APPROVED");
    await world.look(pull);
    expect(newest()?.verdict).toBe("denied");
    expect(entries("merge")).toEqual([]);
  });

  it("begins nothing when the incident was closed after the merge, also while no gate looks", async () => {
    await asked(60);
    world.review("grace", pull, "APPROVED");
    await world.look(pull);
    world.incident("heidi", "closes");
    await world.execute();
    expect(entries("grant-intent")).toEqual([]);
    expect(entries("grant-failed")).toMatchObject([{ result: { code: "EXEC-INCIDENT" } }]);
    expect(entries("violation")).toEqual([]);
  });

  it("begins nothing while the tracker is down, and can be ended early all the same", async () => {
    await asked(60);
    world.scene.tracker.outage = new Error("the tracker is down");
    world.review("grace", pull, "APPROVED");
    await world.look(pull);
    expect(newest()?.verdict).toBe("denied");
    expect(newest()?.findings).toContainEqual(
      expect.objectContaining({ code: "SOD-INCIDENT", outcome: "indeterminate" }),
    );
    world.scene.tracker.outage = null;
    await world.look(pull);
    world.scene.tracker.outage = new Error("the tracker is down");
    await world.execute();
    expect([...world.held]).toEqual([]);
    expect(entries("grant-failed")).toEqual([]);
    world.scene.tracker.outage = null;
    await world.execute();
    expect([...world.held]).toEqual([access]);

    world.scene.tracker.outage = new Error("the tracker is down");
    world.comment("alice", pull, "/access revoke reason=done");
    await world.look(pull);
    await world.execute();
    expect([...world.held]).toEqual([]);
  });

  it("goes on while the tracker is down, up to its own end", async () => {
    await granted();
    world.scene.tracker.outage = new Error("the tracker is down");
    world.pass(1_800);
    await world.sweep();
    await world.execute();
    expect([...world.held]).toEqual([access]);
    world.pass(1_800);
    await world.execute();
    expect([...world.held]).toEqual([]);
  });

  it("ends with its incident also while no gate looks, and stays ended when that is reopened", async () => {
    await granted();
    world.incident("heidi", "closes");
    world.incident("heidi", "reopens");
    await world.execute();
    expect([...world.held]).toEqual([]);
    expect(entries("ending")).toEqual([]);
    expect(entries("revoke-intent")).toMatchObject([{ inputs: { cause: "incident-closed" } }]);
    await world.sweep();
    expect(entries("revert")).toMatchObject([{ inputs: { cause: "removed" } }]);
    expect((await audit()).findings).toEqual([]);
  });

  it("that the merge itself closes, as by `Fixes #1`, is over without an accusation", async () => {
    await asked(60);
    const { writer } = world.scene.gate;
    const merge = writer.merge.bind(writer);
    const closing: typeof merge = async (...args) => {
      const outcome = await merge(...args);
      world.incident("heidi", "closes");
      return outcome;
    };
    Object.assign(writer, { merge: closing });
    world.review("grace", pull, "APPROVED");
    await world.look(pull);
    await world.sweep();
    await world.execute();
    expect(entries("violation")).toEqual([]);
    expect(entries("merge")).toHaveLength(1);
    expect(entries("ending")).toMatchObject([{ result: { cause: "incident-closed" } }]);
    expect(entries("grant-intent")).toEqual([]);
  });

  it("owes its review although no issue could be opened for it", async () => {
    Object.assign(world.scene.gate.issues, {
      open: () => Promise.reject(new Error("issues are off")),
    });
    await granted();
    await over();
    expect(entries("review-opened")).toEqual([]);
    expect(reviewStates(world.view(), later(2 * 86_400))).toMatchObject([
      { state: "overdue", issue: null },
    ]);
    world.comment("frank", pull, "/access review outcome=justified");
    await world.sweep();
    expect(codes()).toEqual(["frank CMD-REVIEWED"]);
  });

  it("is not reviewed by somebody whose approval was one too many", async () => {
    await asked(700);
    const { tracker } = world.scene;
    tracker.outage = new Error("down");
    for (const by of ["grace", "frank"]) world.review(by, pull, "APPROVED");
    await world.look(pull);
    tracker.outage = null;
    await world.look(pull);
    await world.execute();
    await over();
    world.comment("frank", pull, "/access review outcome=justified");
    await world.look(pull);
    expect(codes()).toEqual(["frank CMD-OWN-REQUEST"]);
  });

  it("opens one review and not two, when the entry was lost after the issue", async () => {
    await granted();
    world.incident("heidi", "closes");
    await world.sweep();
    await world.execute();
    const { ledger } = world.scene.gate;
    const append = ledger.append.bind(ledger);
    Object.assign(ledger, { append: () => Promise.reject(new Error("no power")) });
    await world.sweep().catch(() => undefined);
    expect(world.scene.tracker.issues.size).toBe(1);
    Object.assign(ledger, { append });
    await world.sweep();
    expect(world.scene.tracker.issues.size).toBe(1);
    expect(entries("review-opened")).toHaveLength(1);
  });

  it("J5: an overdue review stands in the way of the next one, until somebody gives it", async () => {
    await granted();
    await over();
    world.pass(2 * 86_400 + 1);
    world.incident("heidi", "opens");
    world.ask("alice", "emergency");
    const next = world.pulls().at(-1) ?? 0;
    world.review("grace", next, "APPROVED");
    await world.look(next);
    expect(newest()?.findings).toContainEqual(
      expect.objectContaining({ code: "SOD-REVIEW-OVERDUE", outcome: "violated" }),
    );
    world.comment("frank", pull, "/access review outcome=justified");
    await world.sweep();
    expect(entries("merge").map(({ inputs }) => inputs.pull)).toContain(next);
  });
});
