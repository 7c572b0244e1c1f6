import { expect, test } from "vitest";
import { fuse } from "./fuse.ts";
import { setScene } from "./scene.ts";
import type { Scene } from "./scene.ts";

const access = "payments-db alice payments_readwrite";
const story = ["grant-intent", "grant", "revoke-intent", "revoke"];

for (const when of ["before", "after"] as const) {
  test(`K6: a crash ${when} any step of a grant ends in the same state, without double entries`, async () => {
    for (let at = 1; ; at += 1) {
      const scene = await setScene();
      await scene.approve({ name: "settlement", pull: 7, duration: "PT1H" });
      const steps = await crashAt(scene, at, when);
      await scene.pass();
      expect(scene.world.held, `step ${at}`).toEqual(new Set([access]));
      expect(await typesOf(scene), `step ${at}`).toEqual(story.slice(0, 2));

      scene.clock.set("2026-11-21T11:00:00.000Z");
      await scene.pass();
      expect(scene.world.held.size, `step ${at}`).toBe(0);
      expect(await typesOf(scene), `step ${at}`).toEqual(story);
      if (steps < at) return;
    }
  });

  test(`K6: a crash ${when} any step of a revoke ends in the same state, without double entries`, async () => {
    for (let at = 1; ; at += 1) {
      const scene = await setScene();
      await scene.approve({ name: "settlement", pull: 7, duration: "PT1H" });
      await scene.pass();
      scene.clock.set("2026-11-21T11:00:00.000Z");
      const steps = await crashAt(scene, at, when);
      await scene.pass();
      expect(scene.world.held.size, `step ${at}`).toBe(0);
      expect(await typesOf(scene), `step ${at}`).toEqual(story);
      if (steps < at) return;
    }
  });

  test(`K6: after a crash ${when} any step of a grant nothing outlives its end though no remote answers`, async () => {
    for (let at = 1; ; at += 1) {
      const scene = await setScene();
      await scene.approve({ name: "settlement", pull: 7, duration: "PT1H" });
      const steps = await crashAt(scene, at, when);
      scene.remote.goOffline();
      scene.mirror.goOffline();
      scene.clock.set("2026-11-21T11:00:00.000Z");
      await scene.pass();
      expect(scene.world.held.size, `step ${at}`).toBe(0);
      if (steps < at) return;
    }
  });
}

async function crashAt(scene: Scene, at: number, when: "before" | "after"): Promise<number> {
  const { steps, wrap } = fuse(at, when);
  await scene.restart(wrap);
  await scene.pass();
  await scene.restart();
  return steps();
}

async function typesOf(scene: Scene): Promise<readonly string[]> {
  return (await scene.executions()).map(({ type }) => type);
}
