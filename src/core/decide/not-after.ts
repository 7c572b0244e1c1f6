import type { OpenRequest } from "../evaluate/case.ts";
import type { Reroute } from "../model/command.ts";
import type { CountedApproval } from "../model/decision.ts";
import { epochMs } from "../parse/epoch-ms.ts";

/**
 * Computes the instant from which an approval no longer carries a merge or an activation: the earliest
 * of `activateBy`, the policy's `approvalTtl` after the oldest counted approval, and the end of a reroute or a hand-over that an
 * approval rests on (P5, P9). `null` when
 * it cannot be computed, which activates nothing.
 */
export function notAfter(
  { document, limits }: OpenRequest,
  approvals: readonly CountedApproval[],
  reroutes: readonly Reroute[],
): string | null {
  if (approvals.length === 0) return null;
  const oldest = Math.min(...approvals.map(({ submittedAt }) => epochMs(submittedAt)));
  const { activateBy } = document.spec;
  const rerouted = reroutes.filter(({ role, to }) =>
    approvals.some((one) => one.role === role && to.accounts.includes(one.principal)),
  );
  const latest = Math.min(
    ...rerouted.map(({ until }) => epochMs(until)),
    ...approvals.flatMap(({ actsFor }) => (actsFor === null ? [] : [epochMs(actsFor.until)])),
    oldest + limits.approvalTtlSeconds * 1000,
    activateBy === undefined ? Infinity : epochMs(activateBy),
  );
  if (Number.isFinite(latest)) return new Date(latest).toISOString();
  return null;
}
