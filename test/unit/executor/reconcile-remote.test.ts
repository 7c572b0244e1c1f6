import { expect, test } from "vitest";
import { resigned } from "../../support/ledger/tamper.ts";
import { acmeKeys } from "../../support/ledger/acme-keys.ts";
import { externallyRemoved } from "../../../src/executor/drafts.ts";
import { memoryLedgerStore } from "../../../src/adapters/memory/memory-ledger-store.ts";
import { memorySigner } from "../../../src/adapters/memory/memory-signer.ts";
import { enterTrustRoot } from "../../../src/record/enter-trust-root.ts";
import { openLedger } from "../../../src/record/ledger.ts";
import { grantOf, oidOf } from "../../support/ledger/drafts.ts";
import { evenChance } from "../../support/ledger/even-chance.ts";
import { rotatedTo, signaturesOver } from "../../support/ledger/rotation.ts";
import { setScene } from "./scene.ts";
import type { Scene } from "./scene.ts";

const access = "payments-db alice payments_readwrite";
const asked = { name: "settlement", pull: 7, duration: "PT1H" };
const end = "2026-11-21T11:00:00.000Z";

test("with ledger and forge unreachable the revoke happens on time, and its entries are pushed later", async () => {
  const scene = await active();
  goDark(scene);
  scene.clock.set(end);

  const report = await scene.pass();
  expect(report.stop?.code).toBe("EXEC-LEDGER-UNREACHABLE");
  expect(scene.world.held.size).toBe(0);
  expect(await offlineTypes(scene)).toEqual(["grant-intent", "grant"]);

  scene.clock.advance(60);
  goLight(scene);
  await scene.pass();
  await scene.pass();
  expect(await typesOf(scene)).toEqual(["grant-intent", "grant", "revoke-intent", "revoke"]);
  expect(scene.executor.outbox.waiting()).toEqual([]);
});

test("a grant is revoked on time by an executor that restarts and reaches nobody", async () => {
  const scene = await active();
  goDark(scene);
  await scene.restart();
  scene.clock.set(end);

  await scene.pass();
  expect(scene.world.held.size).toBe(0);

  await scene.restart();
  await scene.pass();
  goLight(scene);
  await scene.pass();
  expect(await typesOf(scene)).toEqual(["grant-intent", "grant", "revoke-intent", "revoke"]);
});

test("a remote that hangs puts a revoke off by its patience and no longer", async () => {
  const scene = await active();
  await scene.restart((parts) => ({
    ...parts,
    ledger: { ...parts.ledger, sync: () => new Promise(() => undefined) },
  }));
  scene.clock.set(end);

  const pass = scene.pass();
  scene.clock.advance(10);
  expect((await pass).stop?.code).toBe("EXEC-REMOTE-SLOW");
  expect(scene.world.held.size).toBe(0);
  // It is not waited for again.
  expect((await scene.pass()).stop?.code).toBe("EXEC-REMOTE-SLOW");
});

test("a forge that hangs puts a revoke of the same access off by the patience and no longer", async () => {
  const scene = await active();
  scene.clock.set(end);
  await scene.approve({ ...asked, name: "next", pull: 8 });
  scene.forgeFault = "hangs";

  const pass = scene.pass();
  await expect.poll(() => scene.clock.sleepers()).toBeGreaterThan(1);
  scene.clock.advance(10);
  await pass;
  await expect.poll(() => scene.world.held.size).toBe(0);
});

test("a broken ledger stops grants for ever and no revoke", async () => {
  const scene = await active();
  await scene.approve({ ...asked, name: "next", pull: 8, beneficiary: "bob" });
  const entries = scene.remote.commits("audit/decisions");
  const thief = acmeKeys().decision;
  const [last] = entries.slice(-1);
  if (last === undefined) throw new Error("no entry");
  scene.remote.forcePush("audit/decisions", [
    ...entries.slice(0, -1),
    resigned(last, thief, () => undefined),
  ]);

  expect((await scene.pass()).stop?.code).toBe("EXEC-LEDGER-BROKEN");
  scene.clock.set(end);
  expect((await scene.pass()).stop?.code).toBe("EXEC-LEDGER-BROKEN");

  expect(scene.world.held.size).toBe(0);
  expect(scene.executor.outbox.waiting().map(({ draft }) => draft.type)).toEqual([
    "revoke-intent",
    "revoke",
  ]);
});

test("a retired key grants nothing and revokes on time; who comes with the new one puts it on record", async () => {
  const scene = await active();
  const { keys, remote, gate, clock } = scene;
  const next = memorySigner();
  const trustRoot = rotatedTo(keys.trustRoot, { execution: [next] });
  const signatures = signaturesOver(trustRoot, [keys.root, next]);
  await gate.sync();
  await enterTrustRoot(gate, { trustRoot, signatures, main: oidOf("0") });
  await scene.approve({ ...asked, name: "next", pull: 8, beneficiary: "bob" });

  const { stop } = await scene.pass();
  expect(stop?.code).toBe("EXEC-KEY-RETIRED");
  expect(stop?.reason).toContain("Start it with a key that is in force");
  expect([...scene.world.held.keys()].join()).not.toContain("bob");
  clock.set(end);
  await scene.pass();
  expect(scene.world.held.size).toBe(0);
  expect(scene.executor.outbox.waiting().map(({ draft }) => draft.type)).toEqual([
    "revoke-intent",
    "revoke",
  ]);

  const ledger = openLedger({
    ...{ store: memoryLedgerStore(remote), signer: next, clock, chance: evenChance },
    ...{ branch: "audit/executions", trustRoot, expectedRoot: keys.rootDigest },
  });
  await scene.restart((parts) => ({ ...parts, ledger }));
  await scene.pass();
  const [revoke] = await scene.entries("revoke");
  expect(revoke?.keyid).toBe(next.keyid);
});

test("a full disk stops grants and no revoke", async () => {
  const scene = await active();
  const full = () => Promise.reject(new Error("ENOSPC"));
  await scene.approve({ ...asked, name: "next", pull: 8, beneficiary: "bob" });
  await scene.restart((parts) => ({
    ...parts,
    known: { ...parts.known, write: full },
    outbox: {
      ...parts.outbox,
      put: async (entries) => {
        await parts.outbox.put(entries);
        await full();
      },
    },
  }));

  expect((await scene.pass()).stop).not.toBeNull();
  expect(scene.world.held).toEqual(new Set([access]));
  scene.clock.set(end);
  await scene.pass();
  expect(scene.world.held.size).toBe(0);
});

test("a branch that cannot be read removes no file", async () => {
  const scene = await active();
  scene.mirror.goOffline();
  await scene.pass();
  scene.mirror.goOnline();
  scene.mirror.setBranch("main", null);
  expect((await scene.pass()).stop?.code).toBe("EXEC-MAIN-MISSING");
  expect(scene.world.held).toEqual(new Set([access]));
});

test("a push whose answer was lost is not written twice", async () => {
  const scene = await setScene();
  await scene.approve(asked);
  scene.remote.loseNextAnswer();
  await scene.pass();
  scene.clock.set(end);
  scene.remote.loseNextAnswer();
  await scene.pass();
  await scene.pass();

  expect(await typesOf(scene)).toEqual(["grant-intent", "grant", "revoke-intent", "revoke"]);
});

test("a malformed entry in the outbox keeps no other from the ledger", async () => {
  const scene = await active();
  const { outbox } = scene.executor;
  const readBack = { at: "yesterday", identity: "alice", permissions: [] };
  const broken = externallyRemoved(grantOf("other"), readBack);
  await outbox.put([broken]);
  scene.clock.set(end);

  await scene.pass();
  await scene.pass();

  expect((await typesOf(scene)).slice(-2)).toEqual(["revoke-intent", "revoke"]);
  expect(outbox.waiting().map((one) => one.draft.idempotencyKey)).toEqual([
    broken.draft.idempotencyKey,
  ]);
});

async function active(): Promise<Scene> {
  const scene = await setScene();
  await scene.approve(asked);
  await scene.pass();
  expect(scene.world.held).toEqual(new Set([access]));
  return scene;
}

function goDark(scene: Scene): void {
  scene.remote.goOffline();
  scene.mirror.goOffline();
  scene.forgeFault = "down";
}

function goLight(scene: Scene): void {
  scene.remote.goOnline();
  scene.mirror.goOnline();
  scene.forgeFault = "none";
}

async function offlineTypes(scene: Scene): Promise<readonly string[]> {
  scene.remote.goOnline();
  const types = await typesOf(scene);
  scene.remote.goOffline();
  return types;
}

async function typesOf(scene: Scene): Promise<readonly string[]> {
  return (await scene.executions()).map(({ type }) => type);
}
