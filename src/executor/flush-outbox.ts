import { entryByKey } from "../core/attest/ledger-view.ts";
import type { Entry } from "../core/model/entry.ts";
import { DraftRefused } from "../record/ledger-errors.ts";
import { withIntent } from "./drafts.ts";
import type { Executor } from "./executor.ts";
import type { Waiting } from "./outbox.ts";
import { rememberOpen } from "./records.ts";
import { takeView } from "./take-view.ts";

/**
 * Pushes what waits, in two rounds at most: first what is complete, then what names an entry of the first
 * round. Only one push goes on at a time. Throws what the ledger throws; what was not pushed waits on.
 */
export async function flushOutbox(executor: Executor): Promise<void> {
  const { memory } = executor;
  memory.flushing ??= flush(executor).finally(() => {
    memory.flushing = null;
  });
  await memory.flushing;
}

async function flush(executor: Executor): Promise<void> {
  const { outbox } = executor;
  for (let round = 0; round < 2; round += 1) {
    const complete = outbox.waiting().flatMap((entry) => resolve(executor, entry) ?? []);
    if (complete.length === 0) return;
    const pushed = await push(executor, complete);
    takeView(executor, executor.ledger.view());
    // Known first: between the two the outbox may repeat itself, but nothing that ended looks open.
    await rememberOpen(executor, null);
    await outbox.drop(pushed);
  }
}

function resolve({ memory }: Executor, { draft, refersTo }: Waiting): Waiting | null {
  if (refersTo === null) return { draft, refersTo };
  const named = memory.view === null ? null : entryByKey(memory.view, "audit/executions", refersTo);
  return named === null ? null : { draft: withIntent(draft, named.digest), refersTo: null };
}

async function push(executor: Executor, entries: readonly Waiting[]): Promise<ReadonlySet<string>> {
  const drafts = entries.map(({ draft }) => draft);
  try {
    return keysOf(await executor.ledger.append(drafts));
  } catch (error) {
    if (!(error instanceof DraftRefused)) throw error;
    return pushOneByOne(executor, entries);
  }
}

// One entry of a wrong shape is a defect of ours; it must not keep the others from the ledger.
async function pushOneByOne(
  { ledger, log }: Executor,
  entries: readonly Waiting[],
): Promise<ReadonlySet<string>> {
  const pushed = new Set<string>();
  for (const { draft } of entries) {
    try {
      keysOf(await ledger.append([draft])).forEach((key) => pushed.add(key));
    } catch (error) {
      if (!(error instanceof DraftRefused)) throw error;
      const fields = { key: draft.idempotencyKey };
      log("error", "The ledger refused an entry as malformed; it stays in the outbox", fields);
    }
  }
  return pushed;
}

function keysOf(entries: readonly Entry[]): ReadonlySet<string> {
  return new Set(entries.map(({ idempotencyKey }) => idempotencyKey));
}
