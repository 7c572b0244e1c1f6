import { mayBegin } from "../evaluate/commands/judge-ending.ts";
import type { IncidentClosing, IncidentFacts } from "../model/emergency.ts";
import type { RequestRecord, Snapshot } from "../model/snapshot.ts";
import { epochMs } from "../parse/epoch-ms.ts";

/** A request whose emergency is over. */
export interface EndedByIncident {
  readonly record: RequestRecord;
  readonly incident: IncidentFacts;
  readonly closing: IncidentClosing;
}

/**
 * Finds whether the incident of a request was closed since it was asked for: then it is over for good, whether it waits for its
 * approval, can still begin, or is in effect, and reopening the incident revives nothing (P9). `null` while it goes on, and for
 * what is over already.
 */
export function endedByIncident(snapshot: Snapshot, now: Date): EndedByIncident | null {
  const { incident, pull, ledger } = snapshot;
  const [record, ...more] = ledger.requests;
  if (incident === null || record === undefined || more.length > 0) return null;
  if (record.firstPull !== pull.number || record.ending !== null) return null;
  // What was never decided for this incident is denied anyway, and has nothing that could end.
  if (record.incident !== incident.reference) return null;
  if (record.access === "ended" || (pull.state === "merged" && !mayBegin(record, now))) return null;
  const closing = incident.closings.find(({ at }) => epochMs(at) >= epochMs(pull.createdAt));
  return closing === undefined ? null : { record, incident, closing };
}
