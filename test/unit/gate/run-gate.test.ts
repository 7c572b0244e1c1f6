import { expect, it } from "vitest";
import { runGate } from "../../../src/gate/run-gate.ts";
import { gateScene } from "./gate-scene.ts";

/** Sleeps until it is woken: the loop makes a round when the test says so, and no other. */
const untilAborted = (_: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal === undefined || signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });

it("writes a checkpoint a day, though nothing happens and the sweeps fail", async () => {
  const scene = await gateScene();
  const { clock } = scene;
  const mirror = { ...scene.gate.mirror };
  const gate = { ...scene.gate, mirror, clock: { now: () => clock.now(), sleep: untilAborted } };
  const stop = new AbortController();
  const options = { trustRoot: scene.keys.trustRoot, sweepSeconds: 120, signal: stop.signal };
  const running = await runGate(gate, options);
  const dates = () => scene.entries("checkpoint").map(({ inputs }) => inputs.date);
  await expect.poll(dates).toEqual(["2026-11-21"]);

  mirror.fetch = () => Promise.reject(new Error("the mirror is away"));
  running.sweepNow("everything");
  await expect.poll(() => scene.lines.join()).toContain("a sweep failed");
  clock.set("2026-11-23T00:00:00.000Z");
  await expect
    .poll(() => {
      running.sweepNow("everything");
      return dates();
    })
    .toEqual(["2026-11-21", "2026-11-23"]);
  stop.abort();
  await running.stopped;
});

it("goes on when a checkpoint cannot be written, says so, and writes it when it can", async () => {
  const scene = await gateScene();
  const gate = { ...scene.gate, clock: { now: () => scene.clock.now(), sleep: untilAborted } };
  const stop = new AbortController();
  const options = { trustRoot: scene.keys.trustRoot, sweepSeconds: 120, signal: stop.signal };
  const running = await runGate(gate, options);
  await expect.poll(() => scene.entries("checkpoint").length).toBe(1);

  scene.remote.goOffline();
  scene.clock.set("2026-11-22T10:00:00.000Z");
  running.sweepNow("everything");
  await expect.poll(() => scene.lines.join()).toContain("the checkpoint of the day was not");
  scene.remote.goOnline();
  await expect
    .poll(() => {
      running.sweepNow("everything");
      return scene.entries("checkpoint").length;
    })
    .toBe(2);
  stop.abort();
  await running.stopped;
});
