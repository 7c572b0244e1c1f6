import type { CatalogueTarget } from "../model/governance.ts";
import { reachable } from "./reachable.ts";

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
  const included = new Map(offered.map(({ name, includes }) => [name, includes]));
  if (!included.has(entitlement)) return [];
  return [...new Set([entitlement, ...reachable(entitlement, included)])].sort();
}
