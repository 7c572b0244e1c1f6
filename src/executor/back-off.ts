/** When to try again what failed; in memory only: after a restart everything is tried at once. */
export interface BackOff {
  /** Says whether it is time to try `key` (again). */
  isDue(key: string, now: Date): boolean;
  /** Counts a failure: the next try comes after a pause that doubles, up to the longest. */
  failed(key: string, now: Date): void;
  /** Puts off what was not tried at all, without counting a failure. */
  putOff(key: string, now: Date): void;
  succeeded(key: string): void;
  failures(key: string): number;
  /** When `key` may be tried again; `null` when it did not fail. */
  notBefore(key: string): Date | null;
}

const shortestSeconds = 5;
const longestSeconds = 300;

/** Makes an empty back-off. Nothing is ever given up: the pause stops growing, the tries go on (K1). */
export function newBackOff(): BackOff {
  const pauses = new Map<string, { failures: number; notBefore: number }>();
  const failures = (key: string): number => pauses.get(key)?.failures ?? 0;
  return {
    failures,
    isDue: (key, now) => !((pauses.get(key)?.notBefore ?? 0) > now.getTime()),
    failed(key, now) {
      const notBefore = now.getTime() + pauseSeconds(failures(key)) * 1000;
      pauses.set(key, { failures: failures(key) + 1, notBefore });
    },
    putOff(key, now) {
      const notBefore = now.getTime() + shortestSeconds * 1000;
      pauses.set(key, { failures: failures(key), notBefore });
    },
    succeeded: (key) => void pauses.delete(key),
    notBefore(key) {
      const pause = pauses.get(key);
      return pause === undefined ? null : new Date(pause.notBefore);
    },
  };
}

/** Computes the pause after the given number of earlier failures: 5 s, 10 s, … at most 5 min. */
export function pauseSeconds(earlierFailures: number): number {
  return Math.min(shortestSeconds * 2 ** Math.min(earlierFailures, 10), longestSeconds);
}
