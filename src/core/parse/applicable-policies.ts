import type { AccessPolicy, Entitlement, Governance } from "../model/governance.ts";
import { tiers } from "../model/names.ts";
import type { Tier } from "../model/names.ts";
import type { RequestDocument } from "./parse-request.ts";

/** Computes the tier a request is judged by: the stricter of the catalogue's and the one it asks for. */
export function tierOf(entitlement: Entitlement, request: RequestDocument): Tier {
  const asked = request.spec.tier ?? entitlement.tier;
  return tiers.indexOf(asked) > tiers.indexOf(entitlement.tier) ? asked : entitlement.tier;
}

/** Selects every access policy that applies: none of them replaces another. */
export function applicablePolicies(
  governance: Governance,
  request: RequestDocument,
  tier: Tier,
): readonly AccessPolicy[] {
  return policiesFor(governance, { kind: request.kind, target: request.spec.target, tier });
}

/** What a policy looks at to tell whether it applies. */
export interface PolicySubject {
  readonly kind: RequestDocument["kind"];
  readonly target: string;
  readonly tier: Tier;
}

/** Selects the access policies that would apply to any request of a kind, for a target, in a tier. */
export function policiesFor(
  governance: Governance,
  { kind, target, tier }: PolicySubject,
): readonly AccessPolicy[] {
  return governance.policies.filter(({ spec: { appliesTo } }) => {
    const { tiers: forTiers, targets, kinds } = appliesTo;
    return (
      forTiers.includes(tier) &&
      (targets === undefined || targets.includes(target)) &&
      (kinds === undefined || kinds.includes(kind))
    );
  });
}
