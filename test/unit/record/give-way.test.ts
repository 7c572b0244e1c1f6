import { describe, expect, it } from "vitest";
import { giveWay } from "../../../src/record/give-way.ts";
import { evenChance } from "../../support/ledger/even-chance.ts";
import { stillClock } from "../../support/ledger/still-clock.ts";

const start = Date.parse("2026-11-21T10:00:00.000Z");

/** A writer whose pushes take 300 ms, each begun `gap` after the one before; lists what it waited for before each. */
async function pausesOf(gaps: readonly number[], lostAt: number | null = null) {
  const clock = stillClock();
  const courtesy = giveWay(clock, evenChance);
  let now = start;
  const pauses: number[] = [];
  for (const [index, gap] of gaps.entries()) {
    clock.set(new Date((now += gap)).toISOString());
    const before = clock.slept.length;
    await courtesy.beforePush();
    pauses.push(clock.slept.slice(before).reduce((sum, one) => sum + one, 0));
    if (index === lostAt) courtesy.rivalSeen();
    const startedAt = clock.now();
    clock.set(new Date((now += 300)).toISOString());
    courtesy.pushed(startedAt);
  }
  return pauses;
}

describe("giveWay", () => {
  it("lets others through after every fifth push in a row, for as long as their fetch and push may take", async () => {
    expect(await pausesOf(Array.from({ length: 11 }, () => 0))).toEqual([
      ...[0, 0, 0, 0, 0, 600],
      ...[0, 0, 0, 0, 600],
    ]);
  });

  it("never holds up who pushes now and then", async () => {
    expect(await pausesOf(Array.from({ length: 20 }, () => 1_001))).toEqual(
      Array.from({ length: 20 }, () => 0),
    );
  });

  it("pauses before each push for a minute after it lost to somebody", async () => {
    expect(await pausesOf([0, 5_000, 5_000, 60_000], 0)).toEqual([0, 600, 600, 0]);
  });

  it("pauses no longer than twenty seconds, however slow the remote is", async () => {
    const clock = stillClock();
    const courtesy = giveWay(clock, evenChance);
    courtesy.pushed(new Date(start - 3_600_000));
    courtesy.rivalSeen();
    await courtesy.beforePush();
    expect(clock.slept).toEqual([10_000]);
  });
});
