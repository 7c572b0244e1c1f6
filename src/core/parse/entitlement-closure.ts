import type { CatalogueTarget } from "../model/governance.ts";

/**
 * Lists an entitlement and everything it includes, directly or by others, sorted; empty when the catalogue has no such
 * target or entitlement.
 */
export function entitlementClosure(
  targets: readonly CatalogueTarget[],
  target: string,
  entitlement: string,
): readonly string[] {
  const offered = targets.find(({ metadata }) => metadata.name === target)?.spec.entitlements ?? [];
  const reached = new Set<string>();
  const open = [entitlement];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const found = offered.find((one) => one.name === name);
    if (found === undefined || reached.has(found.name)) continue;
    reached.add(found.name);
    open.push(...found.includes);
  }
  return [...reached].sort();
}
