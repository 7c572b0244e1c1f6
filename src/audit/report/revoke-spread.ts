import type { RevokeBand } from "./model.ts";

const bounds = [10, 60, 300, 3_600, 86_400, null] as const;

/** Counts durations of revokes, in seconds, by how long they took. Every duration is in exactly one band. */
export function revokeSpread(seconds: readonly number[]): readonly RevokeBand[] {
  return bounds.map((upToSeconds, at) => {
    const above = bounds[at - 1] ?? -Infinity;
    const inBand = seconds.filter((one) => one > above && one <= (upToSeconds ?? Infinity));
    return { upToSeconds, count: inBand.length };
  });
}
