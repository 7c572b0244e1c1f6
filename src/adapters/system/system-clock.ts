import type { Clock } from "../../ports/clock.ts";

// A timer of node cannot wait longer and would fire at once.
const longestTimerMilliseconds = 2 ** 31 - 1;

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (milliseconds, signal) => {
    let left = milliseconds;
    for (; left > longestTimerMilliseconds && signal?.aborted !== true;) {
      await pause(longestTimerMilliseconds, signal);
      left -= longestTimerMilliseconds;
    }
    await pause(left, signal);
  },
};

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    const stop = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
      resolve();
    };
    const timer = setTimeout(stop, milliseconds);
    signal?.addEventListener("abort", stop);
  });
}
