import { endedByIncident } from "../core/decide/ended-by-incident.ts";
import type { Snapshot } from "../core/model/snapshot.ts";
import { endingDraft } from "./ending-draft.ts";
import type { Gate } from "./gate.ts";

/** Records that the emergency of a request is over, with the incident as it was seen. The executor revokes what is in effect. */
export async function endByIncident(
  gate: Gate,
  snapshot: Snapshot,
): Promise<"something-new" | "nothing-new"> {
  const ended = endedByIncident(snapshot, gate.clock.now());
  if (ended === null) return "nothing-new";
  const { record, incident, closing } = ended;
  const { name: request, path } = record;
  const who = closing.by?.login ?? "somebody whose account is gone";
  const reason = `${who} closed ${incident.reference} at ${closing.at}.`;
  await gate.ledger.append([
    endingDraft(
      { request, path, pull: snapshot.pull.number, by: closing.by, comment: null, incident },
      { cause: "incident-closed", reason },
    ),
  ]);
  return "something-new";
}
