import { describe, expect, it } from "vitest";
import { lookQueue } from "../../../src/gate/look-queue.ts";
import { stillClock } from "../../support/ledger/still-clock.ts";

interface Bench {
  readonly looks: number[];
  /** Ends the oldest look at a pull request. */
  readonly finish: (pull: number, error?: Error) => Promise<void>;
  readonly queue: ReturnType<typeof lookQueue>;
  readonly lines: string[];
}

function bench(concurrency = 4, clock = stillClock()): Bench {
  const looks: number[] = [];
  const lines: string[] = [];
  const open = new Map<number, PromiseWithResolvers<undefined>[]>();
  const queue = lookQueue({
    look: (pull) => {
      looks.push(pull);
      const look = Promise.withResolvers<undefined>();
      open.set(pull, [...(open.get(pull) ?? []), look]);
      return look.promise.then(() => undefined);
    },
    ...{ clock, concurrency, signal: new AbortController().signal },
    log: (level, message) => lines.push(`${level} ${message}`),
  });
  return {
    ...{ looks, queue, lines },
    finish: async (pull, error) => {
      const look = open.get(pull)?.shift();
      if (error === undefined) look?.resolve(undefined);
      else look?.reject(error);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe("lookQueue", () => {
  it("E4 never runs two looks at one pull request, and makes one more of all calls meanwhile", async () => {
    const { queue, looks, finish } = bench();
    queue.add(7, "happened");
    queue.add(7, "happened");
    queue.add(7, "happened");
    expect(looks).toEqual([7]);
    await finish(7);
    expect(looks).toEqual([7, 7]);
    await finish(7);
    await queue.idle();
    expect(looks).toEqual([7, 7]);
  });

  it("looks at as many as allowed side by side", async () => {
    const { queue, looks, finish } = bench(2);
    [1, 2, 3].forEach((pull) => queue.add(pull, "happened"));
    expect(looks).toEqual([1, 2]);
    await finish(1);
    expect(looks).toEqual([1, 2, 3]);
  });

  it("looks first at what happened, though a whole sweep waits, and keeps one place for the sweep", async () => {
    const { queue, looks, finish } = bench(2);
    [1, 2, 3, 4].forEach((pull) => queue.add(pull, "routine"));
    [5, 6, 7].forEach((pull) => queue.add(pull, "happened"));
    await finish(1);
    await finish(5);
    await finish(6);
    expect(looks).toEqual([1, 2, 5, 6, 7]);
    await finish(2);
    expect(looks).toEqual([1, 2, 5, 6, 7, 3]);
    queue.add(8, "happened");
    await finish(7);
    expect(looks.at(-1)).toBe(8);
  });

  it("makes one look of a pull request that waits for both reasons", async () => {
    const { queue, looks, finish } = bench(1);
    queue.add(1, "happened");
    queue.add(2, "routine");
    queue.add(2, "happened");
    await finish(1);
    await finish(2);
    await queue.idle();
    expect(looks).toEqual([1, 2]);
  });

  it("repeats a failed look after growing pauses, and at last leaves it to the sweep", async () => {
    const clock = stillClock();
    const { queue, looks, finish, lines } = bench(4, clock);
    queue.add(7, "happened");
    for (let failure = 0; failure < 9; failure += 1) await finish(7, new Error("down"));
    await queue.idle();
    expect(looks).toHaveLength(9);
    expect(clock.slept.map((milliseconds) => milliseconds / 1000)).toEqual([
      1, 2, 4, 8, 16, 32, 60, 60,
    ]);
    expect(lines.at(-1)).toBe("error a look kept failing and waits for the next sweep");
  });

  it("takes nobody's place while it pauses: pull requests that keep failing hold up no other", async () => {
    const clock = { ...stillClock(), sleep: () => new Promise<void>(() => undefined) };
    const { queue, looks, finish } = bench(1, clock);
    queue.add(1, "happened");
    queue.add(2, "happened");
    await finish(1, new Error("bad"));
    expect(looks).toEqual([1, 2]);
  });

  it("looks at once when something happens during a pause", async () => {
    const clock = { ...stillClock(), sleep: () => new Promise<void>(() => undefined) };
    const { queue, looks, finish } = bench(1, clock);
    queue.add(1, "happened");
    await finish(1, new Error("bad"));
    queue.add(1, "happened");
    expect(looks).toEqual([1, 1]);
  });

  it("begins nothing after it was stopped", async () => {
    const stop = new AbortController();
    const looks: number[] = [];
    const queue = lookQueue({
      look: (pull) => Promise.resolve(void looks.push(pull)),
      ...{ clock: stillClock(), concurrency: 1, signal: stop.signal, log: () => undefined },
    });
    stop.abort();
    queue.add(7, "happened");
    await queue.idle();
    expect(looks).toEqual([]);
  });
});
