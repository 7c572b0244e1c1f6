import { byEnd } from "../core/plan/access-state.ts";
import type { OpenGrant } from "../core/plan/access-state.ts";
import type { Executor } from "./executor.ts";
import type { Waiting } from "./outbox.ts";
import { failureText } from "./failure-text.ts";
import { takeRecord } from "./take-view.ts";

/** Lists the grants that are not read back as gone, by their end. */
export function openOf({ memory }: Executor): readonly OpenGrant[] {
  return memory.book.all().toSorted(byEnd);
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
  const { known, memory } = executor;
  const ids = [...memory.unsaved];
  memory.unsaved.clear();
  try {
    await known.write({
      added: ids.flatMap((id) => (memory.book.get(id) === null ? [] : memory.book.entriesOf(id))),
      ended: ids.filter((id) => memory.book.get(id) === null),
      main: main ?? known.read().main,
      newestAt: newestTime(executor)?.toISOString() ?? null,
    });
  } catch (error) {
    for (const id of ids) memory.unsaved.add(id);
    throw error;
  }
}

/**
 * Keeps entries that happened for the next push. A disk that cannot be written is logged and holds up nothing:
 * they stay in memory, and a revoke goes on.
 */
export async function keep(executor: Executor, entries: readonly Waiting[]): Promise<void> {
  const { outbox, log, memory } = executor;
  const written = memory.view?.byKey.get("audit/executions");
  const added = entries.filter(({ draft }) => written?.has(draft.idempotencyKey) !== true);
  if (added.length === 0) return;
  // The outbox has them in memory before it is on disk.
  const saved = outbox.put(added);
  added.forEach(({ draft }) => takeRecord(executor, draft));
  try {
    await saved;
  } catch (error) {
    log("error", "The outbox could not be written: free the disk", { failure: failureText(error) });
  }
}
