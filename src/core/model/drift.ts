/** A permission that an identity holds at a target. */
export interface Held {
  readonly identity: string;
  readonly permission: string;
}

/** Access at a target that no grant explains, from when it was first seen. */
export interface DriftSighting extends Held {
  readonly target: string;
  readonly firstSeenAt: string;
}

/** `observe` records drift, `warn` logs it loudly as well, `enforce` takes it out. */
export type DriftMode = "observe" | "warn" | "enforce";

/**
 * What is done about a drift. `kept-preexisting`: a grant that has ended recorded that the access was there before it.
 * `over-limit`: more was found at once than may be taken out, so that nothing is.
 */
export type DriftResponse =
  "observed" | "warned" | "taking-out" | "kept-preexisting" | "over-limit";

/** `gone`: somebody else took it out. */
export type DriftOutcome = "taken-out" | "gone" | "failed";
