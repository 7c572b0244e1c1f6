import { expect, test } from "vitest";
import { runExecutor } from "../../../src/executor/run-executor.ts";
import type { PassReport } from "../../../src/executor/reconcile.ts";
import { manualClock } from "./manual-clock.ts";

const start = "2026-11-21T10:00:00.000Z";
const quiet: PassReport = { nextPassBy: null, stop: null, open: 0, overdue: 0 };

test("a pass is made at the start, then at the next end or after the poll, whichever is first", async () => {
  const loop = newLoop([
    { ...quiet, nextPassBy: new Date("2026-11-21T10:00:07.000Z") },
    { ...quiet, nextPassBy: new Date("2026-11-21T12:00:00.000Z") },
    quiet,
  ]);
  await loop.until(1);
  loop.clock.advance(6.999);
  await loop.idle();
  expect(loop.passes).toHaveLength(1);
  loop.clock.advance(0.001);
  await loop.until(2);
  loop.clock.advance(30);
  await loop.until(3);
  expect(loop.passes).toEqual([start, "2026-11-21T10:00:07.000Z", "2026-11-21T10:00:37.000Z"]);
  await loop.stop();
});

test("an end that came while the pass was going on is due at once", async () => {
  const loop = newLoop([{ ...quiet, nextPassBy: new Date("2026-11-21T09:59:59.000Z") }, quiet]);
  await loop.until(1);
  loop.clock.advance(0);
  await loop.until(2);
  await loop.stop();
});

test("a pass that throws is logged and repeated, after pauses that grow up to the poll", async () => {
  const broken = new Error("secret");
  const loop = newLoop([broken, broken, broken, broken, quiet]);
  for (const [passes, pause] of [
    [1, 5],
    [2, 10],
    [3, 20],
    [4, 30],
  ] as const) {
    await loop.until(passes);
    loop.clock.advance(pause - 0.001);
    await loop.idle();
    expect(loop.passes).toHaveLength(passes);
    loop.clock.advance(0.001);
  }
  await loop.until(5);
  expect(loop.lines).toHaveLength(4);
  expect(loop.lines.join()).not.toContain("secret");
  await loop.stop();
});

test("a signal ends the loop after the pass that is going on, and passes never overlap", async () => {
  const clock = manualClock(start);
  const stop = new AbortController();
  let going = 0;
  let finish: () => void = () => undefined;
  const running = runExecutor({
    pass: () => {
      going += 1;
      return new Promise((resolve) => (finish = () => resolve(quiet)));
    },
    checkpoint: () => Promise.resolve(),
    clock,
    log: () => undefined,
    pollSeconds: 30,
    signal: stop.signal,
  });
  clock.advance(120);
  await Promise.resolve();
  expect(going).toBe(1);
  stop.abort();
  finish();
  await running;
  expect(going).toBe(1);
});

test("a checkpoint follows each pass in which grants were allowed, and no other", async () => {
  const stopped: PassReport = {
    ...quiet,
    stop: { code: "EXEC-CLOCK-BEHIND", reason: "set it" },
  };
  const written: string[] = [];
  const loop = newLoop([stopped, new Error("broken"), quiet], () => {
    written.push("one");
    return Promise.reject(new Error("the remote is away"));
  });
  await loop.until(1);
  loop.clock.advance(30);
  await loop.until(2);
  expect(written).toEqual([]);
  loop.clock.advance(30);
  await loop.until(3);
  expect(written).toEqual(["one"]);
  expect(loop.lines.filter((line) => line.includes("checkpoint"))).toHaveLength(1);
  loop.clock.advance(30);
  await loop.until(4);
  expect(written).toEqual(["one", "one"]);
  await loop.stop();
});

test("no pass waits for a checkpoint that hangs, and none is begun beside it", async () => {
  let begun = 0;
  let finish: () => void = () => undefined;
  const loop = newLoop([quiet], () => {
    begun += 1;
    return new Promise((resolve) => (finish = resolve));
  });
  for (const passes of [1, 2, 3]) {
    await loop.until(passes);
    loop.clock.advance(30);
  }
  await loop.until(4);
  expect(begun).toBe(1);
  const end = loop.stop();
  finish();
  await end;
});

function newLoop(
  outcomes: readonly (PassReport | Error)[],
  checkpoint: () => Promise<void> = () => Promise.resolve(),
) {
  const clock = manualClock(start);
  const stop = new AbortController();
  const passes: string[] = [];
  const lines: string[] = [];
  const running = runExecutor({
    pass: () => {
      passes.push(clock.now().toISOString());
      const outcome = outcomes[passes.length - 1] ?? quiet;
      return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
    },
    checkpoint,
    clock,
    log: (_, message, fields) => lines.push(`${message} ${JSON.stringify(fields)}`),
    pollSeconds: 30,
    signal: stop.signal,
  });
  const idle = () => expect.poll(() => clock.sleepers()).toBe(1);
  return {
    clock,
    passes,
    lines,
    idle,
    until: async (count: number) => {
      await expect.poll(() => passes.length).toBe(count);
      await idle();
    },
    stop: () => {
      stop.abort();
      return running;
    },
  };
}
