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
