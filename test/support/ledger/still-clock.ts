import type { Clock } from "../../../src/ports/clock.ts";

/** A clock that moves only when told to, and notes how long it was asked to sleep. */
export interface StillClock extends Clock {
  readonly slept: readonly number[];
  set(instant: string): void;
}

/** Makes a clock that stands at an instant. */
export function stillClock(instant = "2026-11-21T10:00:00.000Z"): StillClock {
  const slept: number[] = [];
  let now = new Date(instant);
  return {
    slept,
    now: () => new Date(now),
    set: (next) => void (now = new Date(next)),
    sleep: (milliseconds) => {
      slept.push(milliseconds);
      return Promise.resolve();
    },
  };
}
