import type { Account } from "../core/model/account.ts";

/** Publishes verdicts, merges what is approved and opens revert PRs. The gate alone holds one. */
export interface ForgeWriter {
  /**
   * Writes the one check run `countersign` of a head, creating it or updating it in place. Repeatable.
   * Throws ForgeUnavailable, ForgeRefused.
   */
  publishCheck(head: string, check: Check): Promise<void>;
  /** Reads what stands on a head under the name of our check, whoever wrote it. Throws ForgeUnavailable, ForgeRefused. */
  marksOn(head: string): Promise<readonly CheckMark[]>;
  /**
   * Merges with method `merge` if the head is still `head`. `stale`: the head moved or GitHub refuses
   * (required check, conflict); the caller looks again.
   */
  merge(pull: number, head: string, title: string, message: string): Promise<MergeOutcome>;
  /**
   * Opens a PR that deletes `paths` from the governed branch at `tip`, on the named branch, in one commit. Repeatable: an
   * open PR of that branch is returned as it is. Throws ForgeRefused with status 422 where the name is taken by something else.
   */
  openRemoval(removal: Removal): Promise<{ readonly pull: number }>;
}

export interface Check {
  readonly conclusion: "success" | "failure" | "action_required" | "in_progress";
  readonly title: string;
  /** Markdown, at most 65,535 characters each. */
  readonly summary: string;
  readonly text: string;
}

/** A check run or status of the name of our check. */
export interface CheckMark {
  /** As the forge names it; another one after every change of a status. */
  readonly id: string;
  readonly of: "own-app" | "another";
  /** Of the App or the account, for people. */
  readonly name: string;
  /** Whose status it is; `null` for a check run, which only Apps write, and for a ghost. */
  readonly by: Account | null;
  readonly shows: "success" | "something-else";
}

export type MergeOutcome =
  | { readonly outcome: "merged"; readonly commit: string }
  | { readonly outcome: "stale"; readonly reason: string };

export interface Removal {
  readonly branch: string;
  readonly tip: string;
  /** At least one, at most 100. */
  readonly paths: readonly string[];
  readonly title: string;
  readonly body: string;
}
