import { entryByKey, newestEntry } from "../core/attest/ledger-view.ts";
import type { Draft } from "../core/model/entry.ts";
import type { Ledger } from "./ledger.ts";

/**
 * Writes the checkpoint of the day (UTC) to the ledger that this identity writes, unless it is there: so a ledger on which
 * nothing happens is anchored every day, too. Days on which the writer did not run are left out, and one more
 * call on the same day changes nothing. Does nothing before the trust root, because there is nothing to
 * anchor yet. Looks at what the last `sync` left, and throws what `append` throws.
 */
export async function writeCheckpoint(ledger: Ledger, now: Date): Promise<void> {
  const view = ledger.view();
  const date = now.toISOString().slice(0, "2026-11-21".length);
  const key = `checkpoint:${date}`;
  if (view.decisions.length === 0 || entryByKey(view, ledger.branch, key) !== null) return;
  const newest = newestEntry(view, ledger.branch);
  const head = newest === null ? null : { seq: newest.seq, digest: newest.digest };
  const entries = head === null ? 0 : head.seq + 1;
  const draft: Draft<"checkpoint"> = {
    type: "checkpoint",
    idempotencyKey: key,
    summary: `${entries} entries on ${date}`,
    delivery: null,
    inputs: { date, head },
    result: { entries },
  };
  await ledger.append([draft]);
}
