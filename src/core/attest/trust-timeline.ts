import { readPublicKey } from "./verify-signature.ts";
import type { VerifyingKey } from "./verify-signature.ts";
import type { TrustRoot } from "../model/governance.ts";
import type { LedgerBranch } from "../model/entry.ts";

/**
 * The trust roots of a repository in the order of their entries. Which one is in force goes by sequence
 * number, never by clock.
 */
export interface TrustTimeline {
  /** Digest that the first trust root must have; `null` believes whatever comes first. */
  readonly expectedRoot: string | null;
  readonly eras: readonly TrustEra[];
}

/** One trust root and from where on it is in force. */
export interface TrustEra {
  readonly trustRoot: TrustRoot;
  readonly keys: ReadonlyMap<string, VerifyingKey>;
  /** In force for entries of audit/decisions after this number. */
  readonly decisionsAfter: number;
  /**
   * In force for entries of audit/executions after this number: what the trust-root entry had observed. So
   * a retired execution key cannot go on by never observing its retirement.
   */
  readonly executionsAfter: number;
}

/** Names the timeline before the first trust root was read. */
export function startTimeline(expectedRoot: string | null): TrustTimeline {
  return { expectedRoot, eras: [] };
}

/** Returns the timeline with one more trust root, whose entry was verified. */
export function addEra(
  timeline: TrustTimeline,
  trustRoot: TrustRoot,
  after: { readonly decisions: number; readonly executions: number },
): TrustTimeline {
  const keys = new Map<string, VerifyingKey>();
  for (const { keyid, publicKey } of trustRoot.keys) {
    const key = readPublicKey(publicKey);
    if (key !== null) keys.set(keyid, key);
  }
  const era = {
    trustRoot,
    keys,
    decisionsAfter: after.decisions,
    executionsAfter: after.executions,
  };
  return { ...timeline, eras: [...timeline.eras, era] };
}

/** Finds the trust root in force for an entry; `null` when there is none. */
export function eraFor(
  timeline: TrustTimeline,
  branch: LedgerBranch,
  seq: number,
): TrustEra | null {
  const inForce = timeline.eras.findLast((era) =>
    branch === "audit/decisions" ? seq > era.decisionsAfter : seq > era.executionsAfter,
  );
  return inForce ?? null;
}

/** Finds a key in any trust root that ever was in force; whether it counts is another question. */
export function keyOfAnyEra(timeline: TrustTimeline, keyid: string): VerifyingKey | null {
  for (const { keys } of timeline.eras) {
    const key = keys.get(keyid);
    if (key !== undefined) return key;
  }
  return null;
}
