import { randomInt } from "node:crypto";
import { expect } from "vitest";
import { worlds } from "./arbitrary-snapshot.ts";
import type { World } from "./arbitrary-snapshot.ts";
import { poolOf, tryChanges } from "./tried.ts";
import type { Compared, Tried, WorldChange } from "./tried.ts";

/** Every time others are tried; `PROPERTY_SEED` repeats one time, `PROPERTY_RUNS` tries more. */
export const seed = Number(process.env["PROPERTY_SEED"] ?? randomInt(2 ** 31));
export const runs = Number(process.env["PROPERTY_RUNS"] ?? 10_000);
/** Far longer than it takes, for machines that have much else to do. */
export const timeout = 600_000;

/** A property that begins with no approval, or with nothing else, proves nothing. */
export const floors = { approved: 0.25, pending: 0.1, denied: 0.1, changed: 0.3 } as const;

export const pool: readonly World[] = poolOf(worlds, { size: runs, seed });

export interface Property {
  readonly name: string;
  readonly changes: readonly WorldChange[];
  readonly expected: (compared: Compared) => boolean;
  /** Which worlds; without it all of them. */
  readonly of?: (world: World) => boolean;
}

const report: string[] = [];

/** Tries a property, and expects that what it began with means something. */
export function tryProperty(property: Property): Tried {
  const { name, changes, expected, of = () => true } = property;
  const tried = tryChanges({
    pool: pool.filter(of),
    worlds: worlds.filter(of),
    changes,
    expected,
    runs,
    seed: seed + report.length,
  });
  const { verdicts, changed, decidedOtherwise, runs: all } = tried;
  const share = (count: number): string => `${((100 * count) / all).toFixed(1)} %`;
  tell(
    `${name}: ${all} runs, began approved ${share(verdicts.approved)}, pending ${share(verdicts.pending)}, ` +
      `denied ${share(verdicts.denied)}; ${share(changed)} changed, ${share(decidedOtherwise)} decided otherwise`,
  );
  expect(all).toBe(runs);
  expect(verdicts.approved / all).toBeGreaterThan(floors.approved);
  expect(verdicts.pending / all).toBeGreaterThan(floors.pending);
  expect(verdicts.denied / all).toBeGreaterThan(floors.denied);
  expect(changed / all).toBeGreaterThan(floors.changed);
  return tried;
}

/** Adds a line to what is told at the end. */
export function tell(line: string): void {
  report.push(line);
}

/** Tells what was tried, and how to try it again. */
export function told(): string {
  return [`PROPERTY_SEED=${seed} PROPERTY_RUNS=${runs}`, ...report].join("\n");
}
