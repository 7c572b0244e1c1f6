import type { Governance } from "../model/governance.ts";
import type { Fingerprint } from "../model/fingerprint.ts";
import type { RequestDocument } from "../parse/parse-request.ts";
import { entitlementClosure } from "../parse/entitlement-closure.ts";
import { accountIdsOf, personBehind } from "./people.ts";

/**
 * Computes the fingerprint of a request of any kind; `null` when governance does not know its beneficiary, target or
 * entitlement. Such a request is denied anyway and opens no fingerprint.
 */
export function fingerprintOf(
  governance: Governance,
  { spec }: RequestDocument,
): Fingerprint | null {
  const person = personBehind(governance, spec.beneficiary.name);
  const contains = entitlementClosure(governance.targets, spec.target, spec.entitlement);
  if (person === null || contains.length === 0) return null;
  const accounts = accountIdsOf(governance, person);
  return { person, accounts, target: spec.target, entitlement: spec.entitlement, contains };
}

/**
 * Says whether two fingerprints are about the same access: the same person and target, and something that both
 * contain. So a broader, a narrower and a partly other request are all linked to one that was denied.
 */
export function overlaps(a: Fingerprint, b: Fingerprint): boolean {
  if (!isSamePerson(a, b) || a.target !== b.target) return false;
  return a.contains.some((entitlement) => b.contains.includes(entitlement));
}

/** Says whether two fingerprints are the same, whatever the entitlement contained at the time. */
export function isSameFingerprint(a: Fingerprint, b: Fingerprint): boolean {
  return isSamePerson(a, b) && a.target === b.target && a.entitlement === b.entitlement;
}

function isSamePerson(a: Fingerprint, b: Fingerprint): boolean {
  return a.person === b.person || a.accounts.some((id) => b.accounts.includes(id));
}
