import type { AccessPolicy, Governance } from "../model/governance.ts";
import { tiers } from "../model/names.ts";
import type { Tier } from "../model/names.ts";
import type { RequestDocument } from "./parse-request.ts";

/**
 * Computes the tier a request is judged by: the stricter of the catalogue's and the one it asks for. A request that
 * names an exception from a conflict is judged by the strictest.
 */
export function tierOf(catalogued: Tier, { spec }: RequestDocument): Tier {
  if ("exceptions" in spec) return strictest;
  return stricterTier(catalogued, spec.tier ?? catalogued);
}

const strictest: Tier = "privileged";

/** Computes the stricter of two tiers. */
export function stricterTier(a: Tier, b: Tier): Tier {
  return tiers.indexOf(b) > tiers.indexOf(a) ? b : a;
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
