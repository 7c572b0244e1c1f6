import type { Verdict } from "../model/decision.ts";
import type { Finding } from "../model/finding.ts";

/**
 * Combines findings by deny-overrides (XACML 3.0): one violated or indeterminate finding denies, then
 * one pending finding waits. An empty list denies, because nothing was examined.
 */
export function combine(findings: readonly Finding[]): Verdict {
  if (findings.some(({ outcome }) => outcome === "violated" || outcome === "indeterminate")) {
    return "denied";
  }
  if (findings.some(({ outcome }) => outcome === "pending")) return "pending";
  if (findings.length > 0 && findings.every(({ outcome }) => outcome === "satisfied")) {
    return "approved";
  }
  return "denied";
}
