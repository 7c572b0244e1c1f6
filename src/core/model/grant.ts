/** An entitlement in effect for a beneficiary in `[startsAt, expiresAt)`; written once, by the executor. */
export interface Grant {
  /** `grant:<request name>`; a name is used once, so is the id. */
  readonly id: string;
  readonly request: string;
  readonly path: string;
  readonly target: string;
  readonly entitlement: string;
  readonly permission: string;
  readonly beneficiary: string;
  readonly identity: string;
  readonly startsAt: string;
  readonly expiresAt: string;
  /** The beneficiary held the permission before Countersign first gave it: it stays after the end. */
  readonly preexisting: "yes" | "no";
}

/** What the target itself said when it was asked. */
export interface ReadBack {
  readonly at: string;
  readonly identity: string;
  /** Names of the permissions held, sorted. */
  readonly permissions: readonly string[];
}

/** How often an identity was seen at work while it held access: an answer of the target, and no proof that it was idle between. */
export interface Usage {
  /** How often the target was asked. */
  readonly samples: number;
  /** How often it had a session of the identity. */
  readonly used: number;
  readonly sessionsAtMost: number;
  /** The first and last look that found a session; `null` when none did. */
  readonly firstSeenAt: string | null;
  readonly lastSeenAt: string | null;
}
