// How many appends of several writers to one branch are lost, doubled or held up: npx node bench/ledger-writers.ts [APPENDS] [WRITERS]
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { raceWriters } from "../test/support/ledger/race-writers.ts";
import type { Race } from "../test/support/ledger/race-writers.ts";

/** Reads a whole number of at least one from the command line. */
function argument(index: number, fallback: number): number {
  const value = Number(process.argv[index] ?? fallback);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new RangeError("Usage: npx node bench/ledger-writers.ts [APPENDS] [WRITERS]");
}

/** Runs one race in a folder of its own, removed afterwards. */
async function race(appends: number, writers: number, each: Race["each"]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "countersign-writers-"));
  try {
    const start = performance.now();
    const result = await raceWriters({ folder, appends, writers, each });
    const seconds = (performance.now() - start) / 1000;
    const sorted = result.latencyMilliseconds.toSorted((a, b) => a - b);
    const at = (share: number): string =>
      `${((sorted[Math.ceil(sorted.length * share) - 1] ?? NaN) / 1000).toFixed(2)} s`;
    console.log(`\n${writers} writers, ${appends} appends, ${each}`);
    console.log(`  lost ${result.lost}, doubled ${result.doubled}, failed ${result.failed}`);
    console.log(`  entries verified by a new clone: ${result.verified}`);
    console.log(`  pushes ${result.pushes}, of these too late (conflicts) ${result.conflicts}`);
    console.log(`  latency median ${at(0.5)}, 95 % ${at(0.95)}, longest ${at(1)}`);
    console.log(`  all in ${seconds.toFixed(1)} s, ${(appends / seconds).toFixed(1)} a second`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const [appends, writers] = [argument(2, 170), argument(3, 4)];
console.log(`${cpus()[0]?.model ?? "unknown CPU"}, node ${process.version}, bare remote on disk`);
await race(appends, writers, "one after another");
await race(appends, writers, "all at once");
