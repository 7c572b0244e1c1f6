import type { Entry } from "../core/model/entry.ts";
import { grantOf, openGrants } from "../core/plan/access-state.ts";
import type { ExecutionRecord } from "../core/plan/access-state.ts";
import type { Executor } from "./executor.ts";
import type { KnownState } from "./known-state.ts";
import type { Waiting } from "./outbox.ts";
import { failureText } from "./failure-text.ts";

/**
 * Lists everything the executor knows to have happened: what the ledger shows, what its own disk remembers of
 * it, and what still waits to be pushed. An idempotency key appears once.
 */
export function recordsOf({ memory, known, outbox }: Executor): readonly ExecutionRecord[] {
  const records = new Map<string, ExecutionRecord>();
  const add = (record: ExecutionRecord): void => {
    if (!records.has(record.idempotencyKey)) records.set(record.idempotencyKey, record);
  };
  memory.view?.executions.forEach(add);
  known.read().entries.forEach(add);
  outbox.waiting().forEach(({ draft }) => add(draft));
  return [...records.values()];
}

/** Finds the newest time that an entry carries, also from before a restart; `null` when there is none. */
export function newestTime({ memory, known }: Executor): Date | null {
  const times = [
    memory.view?.decisions.at(-1)?.at,
    memory.view?.executions.at(-1)?.at,
    known.read().newestAt ?? undefined,
  ].flatMap((at) => (at === undefined ? [] : [Date.parse(at)]));
  return times.length === 0 ? null : new Date(Math.max(...times));
}

/**
 * Writes to disk what a restart without any remote needs. Throws what the file system throws: then no grant
 * may begin.
 */
export async function rememberOpen(executor: Executor, main: string | null): Promise<void> {
  const records = recordsOf(executor);
  const open = new Set(openGrants(records).map(({ grant }) => grant.id));
  const state: KnownState = {
    entries: records.filter(
      (record): record is Entry => "digest" in record && open.has(grantOf(record)?.id ?? ""),
    ),
    main: main ?? executor.known.read().main,
    newestAt: newestTime(executor)?.toISOString() ?? null,
  };
  await executor.known.write(state);
}

/**
 * Keeps entries that happened for the next push. A disk that cannot be written is logged and holds up nothing:
 * they stay in memory, and a revoke goes on.
 */
export async function keep(
  { outbox, log, memory }: Executor,
  entries: readonly Waiting[],
): Promise<void> {
  const written = memory.view?.byKey.get("audit/executions");
  const added = entries.filter(({ draft }) => written?.has(draft.idempotencyKey) !== true);
  if (added.length === 0) return;
  try {
    await outbox.put(added);
  } catch (error) {
    log("error", "The outbox could not be written: free the disk", { failure: failureText(error) });
  }
}
