import { expect, test } from "vitest";
import { setScene } from "./scene.ts";
import type { Scene } from "./scene.ts";

const asked = { name: "2026-11-21-alice-fire", pull: 7, duration: "PT1H" };
const reviewAfterwards = ["Emergency access for acme/access#12."];

async function active(given: { readonly reviewAfterwards?: readonly string[] }): Promise<Scene> {
  const scene = await setScene();
  await scene.approve({ ...asked, ...given });
  await scene.pass();
  return scene;
}

test("access that is reviewed afterwards is looked at in every pass, and what was seen is on record", async () => {
  const scene = await active({ reviewAfterwards });
  scene.world.sessions.set("alice", 0);
  await scene.pass();
  scene.clock.set("2026-11-21T10:20:00.000Z");
  scene.world.sessions.set("alice", 2);
  await scene.pass();
  scene.clock.set("2026-11-21T10:30:00.000Z");
  scene.world.sessions.set("alice", 1);
  await scene.pass();
  scene.clock.set("2026-11-21T11:00:00.000Z");
  scene.world.sessions.set("alice", 0);
  await scene.pass();

  const [usage, ...more] = await scene.entries("usage");
  expect(more).toEqual([]);
  expect(usage?.inputs.grant.request).toBe(asked.name);
  expect(usage?.result).toEqual({
    samples: 3,
    used: 2,
    sessionsAtMost: 2,
    firstSeenAt: "2026-11-21T10:20:00.000Z",
    lastSeenAt: "2026-11-21T10:30:00.000Z",
  });
  expect(await scene.entries("revoke")).toHaveLength(1);
});

test("it is read back in every pass, too: whoever takes it out by hand is noticed at once", async () => {
  const scene = await active({ reviewAfterwards });
  scene.world.held.clear();
  await scene.pass();
  expect(await scene.entries("externally-removed")).toHaveLength(1);
});

test("a target that cannot tell leaves no record of use, and the access ends all the same", async () => {
  const scene = await active({ reviewAfterwards });
  scene.clock.set("2026-11-21T11:00:00.000Z");
  await scene.pass();
  expect(await scene.entries("usage")).toEqual([]);
  expect(await scene.entries("revoke")).toHaveLength(1);
});

test("nobody watches ordinary access", async () => {
  const scene = await active({});
  scene.world.sessions.set("alice", 3);
  await scene.pass();
  scene.clock.set("2026-11-21T11:00:00.000Z");
  await scene.pass();
  expect(await scene.entries("usage")).toEqual([]);
  expect(await scene.entries("revoke")).toHaveLength(1);
});
