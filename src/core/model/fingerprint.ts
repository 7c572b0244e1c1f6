import type { ApprovingRole } from "./names.ts";

/**
 * What a request asks for and for whom, whatever the file, the words or the kind of request: it links pull
 * requests, so that asking again elsewhere changes nothing (design.md §4 rule 7).
 */
export interface Fingerprint {
  /** The human behind the beneficiary. */
  readonly person: string;
  /** Numeric ids of the person's accounts: whoever is renamed in people.yaml stays the same. */
  readonly accounts: readonly number[];
  readonly target: string;
  readonly entitlement: string;
  /** The entitlement and everything it contains, sorted. */
  readonly contains: readonly string[];
}

/** Who held each approving role when the fingerprint was first opened, sorted: only they can count. */
export type Route = readonly RouteStep[];

export interface RouteStep {
  readonly role: ApprovingRole;
  /** Names, for people. */
  readonly people: readonly string[];
  /** Numeric ids of their accounts, sorted: who is on the route. A name can be given to somebody else. */
  readonly accounts: readonly number[];
}

/** A CHANGES_REQUESTED review by a holder of an approving role; dismissing it does not lift it. */
export interface Denial {
  readonly pull: number;
  readonly review: number;
  readonly person: string;
  /** Numeric id of the account that gave it: a person can be renamed in people.yaml. */
  readonly principal: number;
  readonly at: string;
}

/** Somebody who may not approve this fingerprint any more, whatever becomes of teams and commits. */
export interface Exclusion {
  readonly person: string;
  /** Numeric ids of their accounts when they were excluded. */
  readonly accounts: readonly number[];
  /** `requester`: from every step. The teams: from every step that is not for members of such a team. */
  readonly from: ExclusionGround;
  readonly reason: string;
}

/** `rerouter`: they rerouted it or confirmed a reroute; that excludes them, and nobody of their teams. */
export type ExclusionGround = "requester" | "rerouter" | "requesting-team" | "granting-team";
