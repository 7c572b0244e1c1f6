import type { ReadBack } from "../core/model/grant.ts";
import type { ProviderFacts } from "../core/model/providers.ts";

/**
 * A system that holds access. All three verbs can be repeated; none reports success by itself: a state
 * is only ever recorded after `observe`. Throws TargetUnreachable (worth a retry: the state is unknown)
 * and TargetRefused (a person must mend something; the message says what).
 */
export interface Target {
  readonly capabilities: TargetCapabilities;
  /** Asks, over a connection of its own, what `identity` holds. An identity that does not exist holds nothing. */
  observe(identity: string): Promise<ReadBack>;
  /** Gives `permission`. Never creates the identity or the permission: missing ones are TargetRefused. */
  provision(identity: string, permission: string, expiresAt: Date): Promise<void>;
  /** Takes `permission` away and ends what rests on it. Gone counts as done; unreachable does not. */
  revoke(identity: string, permission: string): Promise<void>;
  /** Counts the sessions that `identity` has now, whatever they do; `null` when the target cannot tell. */
  sessions(identity: string): Promise<number | null>;
  /** Gives back connections; the credential is dropped with it. */
  close(): Promise<void>;
}

/** What the system can do by itself; the same for every system of its kind. */
export type TargetCapabilities = Pick<
  ProviderFacts,
  "nativeExpiry" | "residualSeconds" | "endsSessions"
> &
  Partial<Pick<ProviderFacts, "concurrency">>;

export class TargetUnreachable extends Error {
  override readonly name = "TargetUnreachable";
}

export class TargetRefused extends Error {
  override readonly name = "TargetRefused";
}
