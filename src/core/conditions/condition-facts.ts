/**
 * What a condition may know. Every field is always there, so that a condition cannot fail on an absent
 * one; whatever was optional in the request has a stated value here for "not given".
 */
export interface ConditionFacts {
  readonly request: RequestFacts;
  readonly requester: PartyFacts;
  readonly beneficiary: PartyFacts & {
    /** The human behind it: the beneficiary itself, or the owner of the machine. */
    readonly person: string;
  };
  readonly target: {
    readonly name: string;
    readonly provider: string;
    readonly owningTeam: string;
  };
  readonly entitlement: {
    readonly name: string;
    readonly tier: string;
    /** Entitlements of the same target that it contains. */
    readonly includes: readonly string[];
  };
  /** The instant of the decision. Conditions see it in UTC. */
  readonly now: Date;
}

interface PartyFacts {
  readonly name: string;
  /** `human`, or the kind of the machine. */
  readonly kind: string;
  readonly teams: readonly string[];
}

interface RequestFacts {
  readonly kind: string;
  readonly name: string;
  readonly requester: string;
  readonly beneficiary: { readonly kind: string; readonly name: string };
  readonly target: string;
  readonly entitlement: string;
  /** The tier the request is judged by: that of the entitlement, or the stricter one it asks for. */
  readonly tier: string;
  /** A whole number. */
  readonly durationSeconds: number;
  readonly hasActivateBy: boolean;
  /** 1970-01-01T00:00:00Z when the request has no `activateBy`: the caller fills it in. */
  readonly activateBy: Date;
  readonly reason: string;
  readonly references: readonly { readonly type: string; readonly id: string }[];
  readonly compensatingControls: readonly string[];
}
