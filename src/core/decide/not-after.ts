import type { OpenRequest } from "../evaluate/case.ts";
import type { CountedApproval } from "../model/decision.ts";
import { epochMs } from "../parse/epoch-ms.ts";

/**
 * Computes the instant from which an approval no longer carries a merge or an activation: the earliest
 * of `activateBy` and the policy's `approvalTtl` after the oldest counted approval (P5, P9). `null` when
 * it cannot be computed, which activates nothing.
 */
export function notAfter(
  { document, limits }: OpenRequest,
  approvals: readonly CountedApproval[],
): string | null {
  if (approvals.length === 0) return null;
  const oldest = Math.min(...approvals.map(({ submittedAt }) => epochMs(submittedAt)));
  const { activateBy } = document.spec;
  const latest = Math.min(
    oldest + limits.approvalTtlSeconds * 1000,
    activateBy === undefined ? Infinity : epochMs(activateBy),
  );
  if (Number.isFinite(latest)) return new Date(latest).toISOString();
  return null;
}
