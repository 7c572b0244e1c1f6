import { expect, test } from "vitest";
import { setScene } from "./scene.ts";

const access = "payments-db alice payments_readwrite";

test("K3: the end of one of two overlapping grants leaves what the other needs", async () => {
  const scene = await setScene();
  await scene.approve({ name: "first", pull: 1, duration: "PT1H" });
  await scene.pass();
  scene.clock.advance(1800);
  await scene.approve({ name: "second", pull: 2, duration: "PT1H" });
  await scene.pass();

  scene.clock.set("2026-11-21T11:00:00.000Z");
  await scene.pass();
  expect(scene.world.held).toEqual(new Set([access]));
  const [kept] = await scene.entries("nothing-to-do");
  expect(kept?.inputs.grant.request).toBe("first");
  expect(kept?.result.readBack.permissions).toEqual(["payments_readwrite"]);

  scene.clock.set("2026-11-21T11:30:00.000Z");
  await scene.pass();
  expect(scene.world.held.size).toBe(0);
  expect((await scene.entries("revoke")).map(({ inputs }) => inputs.grant.request)).toEqual([
    "second",
  ]);
});

test("K3: of two windows back to back the second begins before the first is taken out", async () => {
  const scene = await setScene();
  await scene.approve({ name: "first", pull: 1, duration: "PT1H" });
  await scene.pass();
  scene.clock.set("2026-11-21T11:00:00.000Z");
  await scene.approve({ name: "second", pull: 2, duration: "PT1H" });

  await scene.pass();

  expect(scene.world.held).toEqual(new Set([access]));
  expect(scene.world.calls.filter((call) => call.startsWith("revoke"))).toEqual([]);
  expect(await scene.entries("nothing-to-do")).toHaveLength(1);
});

test("K3: a second window that cannot begin does not keep the first alive", async () => {
  const scene = await setScene();
  await scene.approve({ name: "first", pull: 1, duration: "PT1H" });
  await scene.pass();
  scene.clock.set("2026-11-21T11:00:00.000Z");
  await scene.approve({ name: "second", pull: 2, duration: "PT1H" });
  scene.forgeFault = "down";

  await scene.pass();

  expect(scene.world.held.size).toBe(0);
});

test("K3: two grants that end together are taken out once and recorded both", async () => {
  const scene = await setScene();
  await scene.approve({ name: "first", pull: 1, duration: "PT1H" });
  await scene.approve({ name: "second", pull: 2, duration: "PT1H" });
  await scene.pass();
  scene.clock.set("2026-11-21T11:00:00.000Z");

  await scene.pass();

  expect(scene.world.calls.filter((call) => call.startsWith("revoke"))).toHaveLength(1);
  expect(await scene.entries("revoke")).toHaveLength(2);
});

test("K4: a shorter new request neither shortens the longer one nor outlives it", async () => {
  const scene = await setScene();
  await scene.approve({ name: "long", pull: 1, duration: "PT4H" });
  await scene.pass();
  await scene.approve({ name: "short", pull: 2, duration: "PT1H" });
  await scene.pass();
  // A native end at the target would be that of the longer one.
  expect(scene.world.ends.get(access)).toBe("2026-11-21T14:00:00.000Z");

  scene.clock.set("2026-11-21T11:00:00.000Z");
  await scene.pass();
  expect(scene.world.held).toEqual(new Set([access]));
  scene.clock.set("2026-11-21T14:00:00.000Z");
  await scene.pass();
  expect(scene.world.held.size).toBe(0);
});

test("K4: a longer new request keeps the access beyond the end of the shorter one", async () => {
  const scene = await setScene();
  await scene.approve({ name: "short", pull: 1, duration: "PT1H" });
  await scene.approve({ name: "long", pull: 2, duration: "PT4H" });
  await scene.pass();
  scene.clock.set("2026-11-21T13:59:59.000Z");
  await scene.pass();
  expect(scene.world.held).toEqual(new Set([access]));
  scene.clock.set("2026-11-21T14:00:00.000Z");
  await scene.pass();
  expect(scene.world.held.size).toBe(0);
});

test("K5: access that existed before is recorded, not touched, and left alone at the end", async () => {
  const scene = await setScene();
  scene.world.held.add(access);
  await scene.approve({ name: "first", pull: 1, duration: "PT1H" });
  await scene.pass();
  await scene.approve({ name: "second", pull: 2, duration: "PT2H" });
  await scene.pass();
  const intents = await scene.entries("grant-intent");
  expect(intents.map(({ result }) => result.grant.preexisting)).toEqual(["yes", "yes"]);

  scene.clock.set("2026-11-21T13:00:00.000Z");
  await scene.pass();

  expect(scene.world.held).toEqual(new Set([access]));
  expect(scene.world.calls.filter((call) => !call.startsWith("observe"))).toEqual([]);
  expect(await scene.entries("nothing-to-do")).toHaveLength(2);
});

test("K5: access that an earlier grant of ours gave did not exist before", async () => {
  const scene = await setScene();
  await scene.approve({ name: "first", pull: 1, duration: "PT1H" });
  await scene.pass();
  await scene.approve({ name: "second", pull: 2, duration: "PT2H" });
  await scene.pass();
  const intents = await scene.entries("grant-intent");
  expect(intents.map(({ result }) => result.grant.preexisting)).toEqual(["no", "no"]);

  scene.clock.set("2026-11-21T12:00:00.000Z");
  await scene.pass();
  expect(scene.world.held.size).toBe(0);
});
