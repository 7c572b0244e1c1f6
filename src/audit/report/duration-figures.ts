import type { DurationFigures } from "./model.ts";

/** Sums durations up by rank and without interpolation, so that each figure is a duration that somebody did wait. */
export function durationFigures(seconds: readonly number[]): DurationFigures {
  const sorted = [...seconds].sort((a, b) => a - b);
  const ranked = (share: number): number | null =>
    sorted[Math.ceil(sorted.length * share) - 1] ?? null;
  return {
    count: sorted.length,
    medianSeconds: ranked(0.5),
    p90Seconds: ranked(0.9),
    longestSeconds: ranked(1),
  };
}
