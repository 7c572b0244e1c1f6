import { entryByDigest } from "../core/attest/ledger-view.ts";
import { incidentReference } from "../core/parse/incident-reference.ts";
import type { OpenGrant } from "../core/plan/access-state.ts";
import { openGrants } from "../core/plan/access-state.ts";
import type { Executor } from "./executor.ts";
import { failureText } from "./failure-text.ts";
import { withPatience } from "./patience.ts";
import { recordsOf } from "./records.ts";

/**
 * Asks for the incident of every open emergency grant whether it was closed since the grant was asked for, and remembers which
 * are over: the executor does not depend on the gate to notice (P12). A tracker that does not answer ends nothing: the grant
 * has its own end. Never throws, and waits no longer than any other remote is waited for.
 */
export async function watchIncidents(executor: Executor): Promise<void> {
  const { clock, patienceSeconds, log } = executor;
  const watched = openGrants(recordsOf(executor)).flatMap((open) => watchedOf(executor, open));
  const reads = watched.map(async ({ id, incident, since }) => {
    const reference = incidentReference(incident, [incident.split("#")[0] ?? ""]);
    if (reference === null) return;
    const seen = await executor.incidents.read(reference);
    if (seen?.closings.some(({ at }) => Date.parse(at) >= since) !== true) return;
    log("info", "The incident of a grant was closed", { grant: id, incident });
    executor.memory.over.add(id);
  });
  try {
    await withPatience(clock, patienceSeconds, Promise.allSettled(reads).then(firstFailure));
  } catch (error) {
    log("warn", "An incident could not be read; its grants go on to their own end", {
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

function firstFailure(settled: readonly PromiseSettledResult<unknown>[]): void {
  const failed = settled.find((one) => one.status === "rejected");
  if (failed !== undefined) throw failed.reason as Error;
}
