import type { Case } from "../evaluate/case.ts";
import type { DecidedRequest } from "../model/decision.ts";
import { durationSeconds } from "../parse/duration.ts";
import { incidentOf } from "../evaluate/emergency/incident-of.ts";
import { identityAt } from "../evaluate/people.ts";
import { textDigest } from "./text-digest.ts";

/**
 * Resolves what exactly would be granted: the catalogue's permission and the beneficiary's name at the target.
 * `null` when any part is missing; nothing is guessed.
 */
export function decidedRequest({ request, governance, change }: Case): DecidedRequest | null {
  if (request === null || governance === null || change?.text == null) return null;
  const { document, target, entitlement, tier, path } = request;
  const { spec } = document;
  const seconds = durationSeconds(spec.duration);
  const identity = identityAt(governance, spec.beneficiary.name, target.metadata.name);
  if (seconds === null || identity === null) return null;
  return {
    kind: document.kind,
    name: document.metadata.name,
    path,
    digest: textDigest(change.text),
    requester: spec.requester,
    beneficiary: { kind: spec.beneficiary.kind, name: spec.beneficiary.name },
    identity,
    target: target.metadata.name,
    provider: target.spec.provider,
    entitlement: entitlement.name,
    permission: entitlement.permission,
    tier,
    durationSeconds: seconds,
    activateBy: spec.activateBy ?? null,
    incident: incidentOf(request),
  };
}
