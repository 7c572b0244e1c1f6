import { describe, expect, test } from "vitest";
import type { EntryDraft } from "../../../src/core/model/entry.ts";
import { grantOf } from "../../support/ledger/drafts.ts";
import { recordViolation, setScene } from "./scene.ts";
import type { Scene } from "./scene.ts";

const access = "payments-db alice payments_readwrite";
const name = "2026-11-21-alice-settlement";
const path = `access-requests/payments-db/${name}.yaml`;
const asked = { name, pull: 7, duration: "PT1H" };

test("at its end a grant is revoked, read back and recorded, not a moment before", async () => {
  const scene = await active();
  scene.clock.set("2026-11-21T10:59:59.999Z");
  await scene.pass();
  expect(scene.world.held).toEqual(new Set([access]));

  scene.clock.set("2026-11-21T11:00:00.000Z");
  const report = await scene.pass();

  expect(scene.world.held.size).toBe(0);
  const [intent] = await scene.entries("revoke-intent");
  const [revoke] = await scene.entries("revoke");
  expect(intent?.inputs.cause).toBe("expired");
  expect(revoke?.inputs.intent).toBe(intent?.digest);
  expect(revoke?.result.readBack).toMatchObject({ identity: "alice", permissions: [] });
  expect(report).toMatchObject({ open: 0, overdue: 0, nextPassBy: null });
  await scene.pass();
  expect(await typesOf(scene)).toEqual(["grant-intent", "grant", "revoke-intent", "revoke"]);
});

describe("what ends a grant early", () => {
  test.each([
    ["file-removed", async (scene: Scene) => pushed(scene, null)],
    ["voided", async (scene: Scene) => pushed(scene, "duration: P30D\n")],
    ["voided", (scene: Scene) => recordViolation(scene.gate, 7)],
  ])("%s", async (cause, happens) => {
    const scene = await active();
    await happens(scene);

    await scene.pass();

    expect(scene.world.held.size).toBe(0);
    const [intent] = await scene.entries("revoke-intent");
    expect(intent?.inputs.cause).toBe(cause);
    expect(await scene.entries("grant-failed")).toEqual([]);
  });
});

test("K1: a revoke that the read-back does not confirm is recorded as failed and tried again until it is gone", async () => {
  const scene = await active();
  scene.world.faults.set("payments-db", "ignores");
  scene.clock.set("2026-11-21T11:00:00.000Z");

  const report = await scene.pass();
  expect(report).toMatchObject({ open: 1, overdue: 1 });
  expect(report.nextPassBy?.toISOString()).toBe("2026-11-21T11:00:05.000Z");
  for (let minute = 0; minute < 90; minute += 1) {
    scene.clock.advance(60);
    await scene.pass();
  }
  // One an hour, however many tries there were.
  const failed = await scene.entries("revoke-failed");
  expect(failed).toHaveLength(2);
  expect(failed[0]?.result.readBack?.permissions).toEqual(["payments_readwrite"]);
  expect(await scene.entries("revoke")).toEqual([]);

  scene.world.faults.clear();
  scene.clock.advance(300);
  await scene.pass();
  expect(scene.world.held.size).toBe(0);
  expect(await scene.entries("revoke")).toHaveLength(1);
});

test("the pauses between tries grow and stay below six minutes", async () => {
  const scene = await active();
  scene.world.faults.set("payments-db", "ignores");
  scene.clock.set("2026-11-21T11:00:00.000Z");
  const pauses: number[] = [];
  for (let tries = 0; tries < 9; tries += 1) {
    const { nextPassBy } = await scene.pass();
    pauses.push(((nextPassBy?.getTime() ?? 0) - scene.clock.now().getTime()) / 1000);
    scene.clock.set(nextPassBy?.toISOString() ?? "");
  }
  expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300]);
});

test("an unreachable target does not count as revoked", async () => {
  const scene = await active();
  scene.world.faults.set("payments-db", "down");
  scene.clock.set("2026-11-21T11:00:00.000Z");
  await scene.pass();

  const [failed] = await scene.entries("revoke-failed");
  expect(failed?.result).toEqual({ detail: "payments-db is down", readBack: null });
  expect(await scene.entries("revoke")).toEqual([]);
});

test("a target that takes the permission but says no to the rest is not done", async () => {
  const scene = await active();
  scene.world.held.clear();
  scene.world.faults.set("payments-db", "refuses");
  scene.clock.set("2026-11-21T11:00:00.000Z");
  await scene.pass();
  expect(await scene.entries("revoke")).toEqual([]);
  expect(await scene.entries("revoke-failed")).toHaveLength(1);
});

test("K10: access that is gone at the target at its end counts as revoked when read back", async () => {
  const scene = await active();
  scene.world.held.clear();
  scene.clock.set("2026-11-21T11:00:00.000Z");

  await scene.pass();

  expect((await typesOf(scene)).slice(-2)).toEqual(["revoke-intent", "revoke"]);
});

test("access that somebody else took out is found at the start and recorded", async () => {
  const scene = await active();
  scene.world.held.clear();
  await scene.restart();

  await scene.pass();

  expect((await typesOf(scene)).at(-1)).toBe("externally-removed");
  scene.clock.set("2026-11-21T11:00:00.000Z");
  await scene.pass();
  expect((await typesOf(scene)).at(-1)).toBe("externally-removed");
});

test("K2: 1,000 grants that end in the same second all end in one pass", async () => {
  const scene = await setScene();
  const names = Array.from({ length: 1000 }, (_, index) => `request-${index}`);
  await seed(scene, names);
  await scene.restart();
  scene.clock.set("2026-11-21T14:00:00.000Z");

  const report = await scene.pass();

  expect(report).toMatchObject({ open: 0, overdue: 0 });
  expect(scene.world.held.size).toBe(0);
  expect(await scene.entries("revoke")).toHaveLength(1000);
}, 30_000);

test("one target that is down or hangs holds up no other", async () => {
  for (const fault of ["down", "hangs"] as const) {
    const scene = await setScene();
    await scene.approve({ ...asked, name: "a", pull: 1, target: "analytics-db" });
    await scene.approve({ ...asked, name: "b", pull: 2 });
    await scene.pass();
    scene.world.faults.set("analytics-db", fault);
    scene.clock.set("2026-11-21T11:00:00.000Z");

    const pass = scene.pass();
    await expect
      .poll(() => [...scene.world.held])
      .toEqual(["analytics-db alice payments_readwrite"]);
    if (fault === "hangs") scene.clock.advance(10);
    await pass;

    expect((await scene.entries("revoke")).map(({ inputs }) => inputs.grant.request)).toEqual([
      "b",
    ]);
    // The next pass does not wait for the one that hangs, and begins no second try beside it.
    scene.clock.advance(1);
    expect(await scene.pass()).toMatchObject({ overdue: 1 });
  }
});

test("a grant that cannot be revoked starves no other of the same target", async () => {
  const scene = await setScene();
  await scene.approve({ ...asked, name: "a", pull: 1, beneficiary: "alice" });
  await scene.approve({ ...asked, name: "b", pull: 2, beneficiary: "bob" });
  await scene.pass();
  scene.world.faults.set("payments-db", "down");
  scene.clock.set("2026-11-21T11:00:00.000Z");
  await scene.pass();
  await scene.restart((parts) => ({
    ...parts,
    openTarget: async (target) => {
      const opened = await scene.world.openTarget(target);
      return {
        ...opened,
        revoke: (identity, permission) => {
          if (identity === "alice") scene.world.faults.set("payments-db", "down");
          return opened.revoke(identity, permission);
        },
      };
    },
  }));
  for (let tries = 0; tries < 3; tries += 1) {
    scene.world.faults.clear();
    scene.clock.advance(20);
    await scene.pass();
  }
  expect([...scene.world.held]).toEqual(["payments-db alice payments_readwrite"]);
});

test.each([
  [undefined, 1],
  [4, 4],
])("takes out as many at a time as the target takes: %j, at most %i", async (concurrency, most) => {
  const scene = await setScene();
  const names = Array.from({ length: 20 }, (_, at) => `r${at}`);
  await seed(scene, names);
  let [running, highest] = [0, 0];
  await scene.restart((parts) => ({
    ...parts,
    openTarget: async (target) => {
      const opened = await parts.openTarget(target);
      return {
        ...opened,
        capabilities: {
          ...opened.capabilities,
          ...(concurrency === undefined ? {} : { concurrency }),
        },
        revoke: async (identity, permission) => {
          highest = Math.max(highest, (running += 1));
          await opened.revoke(identity, permission);
          running -= 1;
        },
      };
    },
  }));
  scene.clock.set("2026-11-21T23:00:00.000Z");
  await scene.pass();
  expect(highest).toBe(most);
  expect(scene.world.held.size).toBe(0);
  expect(await scene.entries("revoke")).toHaveLength(20);
});

function pushed(scene: Scene, text: string | null): Promise<void> {
  scene.push(path, text);
  return Promise.resolve();
}

async function active(): Promise<Scene> {
  const scene = await setScene();
  await scene.approve(asked);
  await scene.pass();
  expect(scene.world.held).toEqual(new Set([access]));
  return scene;
}

/** Writes active grants into the ledger, the targets and onto main, as if they had been granted. */
async function seed(scene: Scene, names: readonly string[]): Promise<void> {
  const { ledger } = scene.executor;
  const digest = `sha256:${"d".repeat(64)}`;
  const grants = names.map((one) => ({ ...grantOf(one), identity: one }));
  const intents = await ledger.append(
    grants.map((grant): EntryDraft => ({
      type: "grant-intent",
      idempotencyKey: `grant-intent:${grant.id}`,
      summary: "seed",
      delivery: null,
      inputs: { decision: digest, merge: digest, approvals: [] },
      result: { grant },
    })),
  );
  await ledger.append(
    grants.map((grant, index): EntryDraft => ({
      type: "grant",
      idempotencyKey: `grant:${grant.id}`,
      summary: "seed",
      delivery: null,
      inputs: { intent: intents[index]?.digest ?? "", grant },
      result: { readBack: { at: grant.startsAt, identity: grant.identity, permissions: [] } },
    })),
  );
  const files = Object.fromEntries(grants.map((grant) => [grant.path, grant.id]));
  await scene.mirror.fetch();
  const tip = await scene.mirror.tip("main");
  scene.mirror.setBranch("main", scene.mirror.commit({ parents: [tip ?? ""], files }));
  grants.forEach(({ target, identity, permission }) =>
    scene.world.held.add(`${target} ${identity} ${permission}`),
  );
}

async function typesOf(scene: Scene): Promise<readonly string[]> {
  return (await scene.executions()).map(({ type }) => type);
}
