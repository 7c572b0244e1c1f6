import type { Account, App } from "./account.ts";

/** A pull request. `baseOid` is frozen when it is opened, retargeted or pushed to: GitHub's sharp edge. */
export interface Pull {
  readonly number: number;
  readonly id: number;
  readonly nodeId: string;
  readonly author: Account;
  readonly viaApp: App | null;
  readonly createdAt: string;
  updatedAt: string;
  title: string;
  body: string | null;
  state: "open" | "closed";
  draft: boolean;
  closedAt: string | null;
  merged: { readonly at: string; readonly by: Account; readonly commit: string } | null;
  baseRef: string;
  baseOid: string;
  readonly headRef: string;
  headOid: string;
  /** Who was asked for a review and has not given one since. */
  readonly requestedReviewers: Account[];
  readonly reviews: Review[];
  readonly events: PullEvent[];
}

/** A submitted review. `commit` moves on a patch-identical force-push. */
export interface Review {
  readonly id: number;
  readonly author: Account;
  state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED";
  readonly body: string;
  readonly submittedAt: string;
  commit: string;
}

/** Something the timeline shows. `type` is the GraphQL type's name. */
export interface PullEvent {
  readonly type: PullEventType;
  readonly id: number;
  readonly at: string;
  readonly actor: Account;
  /** Commit oids or branch names before and after, or what the type needs. */
  readonly before: string | null;
  readonly after: string | null;
  readonly review: Review | null;
}

/** The timeline items that are events, not reviews, comments or commits. */
export type PullEventType =
  | "HeadRefForcePushedEvent"
  | "BaseRefForcePushedEvent"
  | "BaseRefChangedEvent"
  | "ClosedEvent"
  | "ReopenedEvent"
  | "ConvertToDraftEvent"
  | "ReadyForReviewEvent"
  | "MergedEvent"
  | "HeadRefDeletedEvent"
  | "RenamedTitleEvent"
  | "ReviewDismissedEvent"
  | "PullRequestCommit";
