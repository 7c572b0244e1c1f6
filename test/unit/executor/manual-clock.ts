import type { Clock } from "../../../src/ports/clock.ts";

/** A clock that stands still until it is moved; sleepers wake when it passes them. */
export interface ManualClock extends Clock {
  readonly now: () => Date;
  readonly advance: (seconds: number) => void;
  readonly set: (instant: string) => void;
  readonly sleepers: () => number;
}

/** Makes a clock that stands at an instant. */
export function manualClock(instant: string): ManualClock {
  let now = Date.parse(instant);
  let waiting: { readonly until: number; readonly wake: () => void }[] = [];
  const move = (to: number): void => {
    now = to;
    const awake = waiting.filter(({ until }) => until <= now);
    waiting = waiting.filter(({ until }) => until > now);
    awake.forEach(({ wake }) => wake());
  };
  return {
    now: () => new Date(now),
    advance: (seconds) => move(now + seconds * 1000),
    set: (next) => move(Date.parse(next)),
    sleepers: () => waiting.length,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) {
          resolve();
          return;
        }
        const sleeper = { until: now + milliseconds, wake: resolve };
        waiting.push(sleeper);
        signal?.addEventListener("abort", () => {
          waiting = waiting.filter((other) => other !== sleeper);
          resolve();
        });
      }),
  };
}
