import type { EntryDraft } from "../core/model/entry.ts";
import type { Gate } from "./gate.ts";
import type { PushSighting } from "./sighting.ts";

/** Records who moved a branch (`push-observed`). A redelivery, and a push that two webhooks showed, add nothing. */
export async function observePushes(gate: Gate, sightings: readonly PushSighting[]): Promise<void> {
  const at = gate.clock.now().toISOString();
  if (sightings.length > 0) {
    await gate.ledger.append(sightings.map((sighting) => pushObserved(sighting, at)));
  }
}

function pushObserved(
  { branch, before, after, actor, delivery }: PushSighting,
  at: string,
): EntryDraft {
  return {
    type: "push-observed",
    idempotencyKey: `push-observed:${branch}:${before ?? ""}:${after ?? ""}:${actor.id}`,
    summary: `${branch}: ${actor.login} pushed ${after?.slice(0, 8) ?? "its end"}`,
    delivery,
    inputs: { branch, before, after, actor, at },
    result: {},
  };
}
