import type { AccessPolicy } from "../model/governance.ts";
import { durationSeconds } from "../parse/duration.ts";

/** The limits of every policy that applies, taken together. */
export interface Limits {
  readonly maxTotalSeconds: number;
  readonly maxConcurrent: number;
  readonly windowSeconds: number;
  readonly approvalTtlSeconds: number;
  readonly pendingSeconds: number;
  /** `Infinity` when no policy says so. */
  readonly stalledAfterSeconds: number;
  /** How soon after its end access is reviewed, where it is. */
  readonly reviewWithinSeconds: number;
}

/**
 * Combines the limits of several policies: the smallest counts, and of the windows the longest, because a longer one
 * remembers more. Without a policy everything is zero, which nothing is within.
 */
export function limitsOf(policies: readonly AccessPolicy[]): Limits {
  const [first, ...others] = policies.map(limits);
  return others.reduce(
    (least, next) => ({
      maxTotalSeconds: Math.min(least.maxTotalSeconds, next.maxTotalSeconds),
      maxConcurrent: Math.min(least.maxConcurrent, next.maxConcurrent),
      windowSeconds: Math.max(least.windowSeconds, next.windowSeconds),
      approvalTtlSeconds: Math.min(least.approvalTtlSeconds, next.approvalTtlSeconds),
      pendingSeconds: Math.min(least.pendingSeconds, next.pendingSeconds),
      stalledAfterSeconds: Math.min(least.stalledAfterSeconds, next.stalledAfterSeconds),
      reviewWithinSeconds: Math.min(least.reviewWithinSeconds, next.reviewWithinSeconds),
    }),
    first ?? none,
  );
}

const none: Limits = {
  maxTotalSeconds: 0,
  maxConcurrent: 0,
  windowSeconds: 0,
  approvalTtlSeconds: 0,
  pendingSeconds: 0,
  stalledAfterSeconds: Infinity,
  reviewWithinSeconds: 0,
};

/** Where no policy says how soon. */
const weekSeconds = 604_800;

const known = new WeakMap<AccessPolicy, Limits>();

function limits(policy: AccessPolicy): Limits {
  const before = known.get(policy);
  if (before !== undefined) return before;
  const { maxTotalDuration, maxConcurrent, window, approvalTtl, pendingTimeout, stalledAfter } =
    policy.spec.limits;
  const read = {
    maxTotalSeconds: durationSeconds(maxTotalDuration) ?? 0,
    maxConcurrent,
    // Remembering for ever is the safe reading of a window that cannot be read.
    windowSeconds: durationSeconds(window) ?? Infinity,
    approvalTtlSeconds: durationSeconds(approvalTtl) ?? 0,
    pendingSeconds: durationSeconds(pendingTimeout) ?? 0,
    stalledAfterSeconds: durationSeconds(stalledAfter ?? "") ?? Infinity,
    reviewWithinSeconds: durationSeconds(policy.spec.reviewWithin ?? "") ?? weekSeconds,
  };
  known.set(policy, read);
  return read;
}
