import { entryByDigest } from "../core/attest/ledger-view.ts";
import { recordedIncident } from "../core/parse/incident-reference.ts";
import type { OpenGrant } from "../core/plan/access-state.ts";
import type { Executor } from "./executor.ts";
import { failureText } from "./failure-text.ts";

/**
 * Asks whether the incidents of open emergency grants were closed since these were asked for, and remembers which grants are
 * over: the executor does not depend on the gate to notice (P12). Nothing waits for it: a pass takes what is known, and the next
 * one the rest. A tracker that does not answer ends nothing, and is not asked again before it has answered. Never throws.
 */
export function watchIncidents(executor: Executor): void {
  const { memory } = executor;
  for (const ids of [memory.over, memory.emergencies]) {
    for (const id of ids) if (memory.book.get(id) === null) ids.delete(id);
  }
  const watched = [...memory.emergencies].flatMap((id) => {
    const open = memory.book.get(id);
    return open === null ? [] : watchedOf(executor, open);
  });
  if (watched.length === 0 || memory.watching !== null) return;
  memory.watching = readAll(executor, watched).finally(() => {
    memory.watching = null;
  });
}

async function readAll(executor: Executor, watched: readonly Watched[]): Promise<void> {
  const byIncident = Map.groupBy(watched, ({ incident }) => incident);
  await Promise.all([...byIncident].map(([incident, grants]) => read(executor, incident, grants)));
}

async function read(
  { incidents, memory, log }: Executor,
  incident: string,
  grants: readonly Watched[],
): Promise<void> {
  const reference = recordedIncident(incident);
  if (reference === null) return;
  try {
    const closings = (await incidents.read(reference))?.closings ?? [];
    for (const { id, since } of grants) {
      if (!closings.some(({ at }) => Date.parse(at) >= since)) continue;
      log("info", "The incident of a grant was closed", { grant: id, incident });
      memory.over.add(id);
    }
  } catch (error) {
    log("warn", "An incident could not be read; its grants go on to their own end", {
      incident,
      failure: failureText(error),
    });
  }
}

interface Watched {
  readonly id: string;
  readonly incident: string;
  /** When it was asked for, in milliseconds since the epoch. */
  readonly since: number;
}

function watchedOf({ memory }: Executor, open: OpenGrant): readonly Watched[] {
  const { grant, decision, cause } = open;
  if (memory.view === null || decision === null || cause !== null) return [];
  const entry = entryByDigest(memory.view, "decision", decision);
  const incident = entry?.result.decision.request?.incident ?? null;
  if (entry === null || incident === null || memory.over.has(grant.id)) return [];
  return [{ id: grant.id, incident, since: Date.parse(entry.inputs.snapshot.pull.createdAt) }];
}
