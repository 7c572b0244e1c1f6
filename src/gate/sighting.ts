import type { Account } from "../core/model/account.ts";

/**
 * A review as its webhook showed it when it arrived: the only proof of what the reviewer saw, because the
 * forge moves `commit_id` later. Lost when the gate was down; then the review has to be given again.
 */
export interface Sighting {
  readonly pull: number;
  readonly review: number;
  readonly reviewer: Account;
  readonly state: string;
  readonly commit: string;
  readonly baseRef: string;
  readonly submittedAt: string;
  readonly delivery: string;
}

/**
 * What became of a review after it was given, as its webhook showed it. It proves nothing about what the reviewer saw: by
 * then the forge may have moved `commit` on.
 */
export interface ReviewChange {
  readonly change: "dismissed" | "edited";
  readonly pull: number;
  readonly review: number;
  readonly reviewer: Account;
  /** Who did it; `null` when the webhook did not say. */
  readonly by: Account | null;
  readonly state: string;
  readonly commit: string;
  readonly delivery: string;
}

/** Everything that webhooks show of reviews. */
export type ReviewSighting = Sighting | ReviewChange;

/**
 * A push as its webhook showed it. The forge's activity shows the same, but may be late, and not every forge offers it: without
 * either, the pusher of a head is unknown and the decision indeterminate.
 */
export interface PushSighting {
  readonly branch: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly actor: Account;
  readonly delivery: string;
}
