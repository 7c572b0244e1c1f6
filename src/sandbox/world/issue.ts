import type { Account, App } from "./account.ts";

/** An issue, which is no pull request. Its number comes from the sequence that both share. */
export interface Issue {
  readonly number: number;
  readonly id: number;
  readonly nodeId: string;
  readonly author: Account;
  readonly viaApp: App | null;
  readonly createdAt: string;
  updatedAt: string;
  title: string;
  body: string | null;
  /** The last change of the body; a changed title is an event instead. */
  edited: { readonly at: string; readonly by: Account } | null;
  state: "open" | "closed";
  stateReason: StateReason | null;
  closed: { readonly at: string; readonly by: Account } | null;
  readonly events: IssueEvent[];
}

/** Why an issue has the state it has; `null` while it was never closed. */
export type StateReason = CloseReason | "reopened";

/** Why an issue was closed. GitHub's `duplicate` is not served. */
export type CloseReason = "completed" | "not_planned";

/** Something the timeline of an issue shows. `type` is the GraphQL type's name. */
export type IssueEvent = {
  readonly id: number;
  readonly at: string;
  readonly actor: Account;
} & IssueChange;

/** What an event of an issue tells beside who and when. */
export type IssueChange =
  | { readonly type: "ClosedEvent"; readonly reason: CloseReason }
  | { readonly type: "ReopenedEvent" }
  | { readonly type: "RenamedTitleEvent"; readonly before: string; readonly after: string };
