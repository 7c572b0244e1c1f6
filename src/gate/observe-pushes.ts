import { entryByKey } from "../core/attest/ledger-view.ts";
import type { EntryDraft } from "../core/model/entry.ts";
import type { Gate } from "./gate.ts";
import type { PushSighting } from "./sighting.ts";

/**
 * Records who moved a branch (`push-observed`) and says whether the ledger learnt something by it. A redelivery, and a push
 * that two webhooks showed, add nothing.
 */
export async function observePushes(
  gate: Gate,
  sightings: readonly PushSighting[],
): Promise<"something-new" | "nothing-new"> {
  const at = gate.clock.now().toISOString();
  const view = gate.ledger.view();
  const fresh = sightings
    .map((sighting) => pushObserved(sighting, at))
    .filter(({ idempotencyKey }) => entryByKey(view, "audit/decisions", idempotencyKey) === null);

  if (fresh.length === 0) return "nothing-new";
  await gate.ledger.append(fresh);
  return "something-new";
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
