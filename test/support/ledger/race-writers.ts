import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openLedgerStore } from "../../../src/adapters/git/git-ledger-store.ts";
import { systemChance } from "../../../src/adapters/system/system-chance.ts";
import { systemClock } from "../../../src/adapters/system/system-clock.ts";
import { entriesOf } from "../../../src/core/attest/ledger-view.ts";
import { LedgerMoved } from "../../../src/ports/ledger-store.ts";
import type { LedgerStore } from "../../../src/ports/ledger-store.ts";
import { ensureTrustRoot } from "../../../src/record/ensure-trust-root.ts";
import { openLedgerReader } from "../../../src/record/ledger-reader.ts";
import { openLedger } from "../../../src/record/ledger.ts";
import type { Ledger } from "../../../src/record/ledger.ts";
import { gitIn } from "../git/git-in.ts";
import { acmeKeys } from "./acme-keys.ts";
import { lapsedDraft, oidOf } from "./drafts.ts";

/** Several processes' worth of writers on one branch of a real bare remote, each with a clone of its own. */
export interface Race {
  /** An empty folder for the remote and the clones. */
  readonly folder: string;
  /** How many appends of one entry there are in all. */
  readonly appends: number;
  readonly writers: number;
  /** Whether a writer waits for each append before the next, or asks for all of its own at once. */
  readonly each: "one after another" | "all at once";
}

/** What became of a race, counted by a reader that took no part in it. */
export interface RaceResult {
  readonly lost: number;
  readonly doubled: number;
  readonly failed: number;
  /** Entries of the branch whose signatures and chain the reader verified, the trust root among them. */
  readonly verified: number;
  readonly pushes: number;
  /** Pushes that came after those of another writer, or that were not tried because one had been seen. */
  readonly conflicts: number;
  readonly latencyMilliseconds: readonly number[];
}

/** Lets the writers race and reads with a new clone what is on the remote then. Throws when that does not verify. */
export async function raceWriters({ folder, appends, writers, each }: Race): Promise<RaceResult> {
  const remote = join(folder, "remote.git");
  await mkdir(remote);
  await gitIn(remote, ["init", "--bare", "--quiet", "-b", "main"]);
  const keys = acmeKeys();
  const { trustRoot } = keys;
  const counted = { pushes: 0, conflicts: 0 };
  const open = async (name: string): Promise<Ledger> => {
    const identity = { name: "Gate", email: "gate@example.com" };
    const settings = { folder: join(folder, name), remote, credential: null, identity };
    return openLedger({
      store: counting(await openLedgerStore(settings), counted),
      ...{ signer: keys.decision, clock: systemClock, chance: systemChance },
      ...{ branch: "audit/decisions", trustRoot },
    });
  };
  await ensureTrustRoot(await open("first"), trustRoot, oidOf("0"));
  counted.pushes = 0;

  const wanted = Array.from({ length: appends }, (_, index) => `append-${index}`);
  const latencyMilliseconds: number[] = [];
  let failed = 0;
  const append = async (ledger: Ledger, name: string): Promise<void> => {
    const start = performance.now();
    await ledger.append([lapsedDraft(name)]).catch(() => (failed += 1));
    latencyMilliseconds.push(performance.now() - start);
  };
  const write = async (writer: number): Promise<void> => {
    const ledger = await open(`writer-${writer}`);
    const own = wanted.filter((_, index) => index % writers === writer);
    if (each === "all at once") await Promise.all(own.map((name) => append(ledger, name)));
    else for (const name of own) await append(ledger, name);
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));

  const reader = openLedgerReader({
    store: await openLedgerStore({
      ...{ folder: join(folder, "reader"), remote, credential: null },
      identity: { name: "Reader", email: "reader@example.com" },
    }),
    expectedRoot: keys.rootDigest,
  });
  const view = await reader.sync();
  const found = entriesOf(view, "lapsed").map(({ inputs }) => inputs.request);
  return {
    lost: wanted.filter((name) => !found.includes(name)).length,
    doubled: found.length - new Set(found).size,
    verified: view.decisions.length,
    ...{ ...counted, failed, latencyMilliseconds },
  };
}

function counting(store: LedgerStore, counted: { pushes: number; conflicts: number }): LedgerStore {
  return {
    ...store,
    append: async (branch, expected, entries) => {
      counted.pushes += 1;
      try {
        return await store.append(branch, expected, entries);
      } catch (error) {
        if (error instanceof LedgerMoved) counted.conflicts += 1;
        throw error;
      }
    },
  };
}
