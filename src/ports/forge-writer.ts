/** Publishes verdicts, merges what is approved and opens revert PRs. The gate alone holds one. */
export interface ForgeWriter {
  /**
   * Writes the one check run `countersign` of a head, creating it or updating it in place. Repeatable.
   * Throws ForgeUnavailable, ForgeRefused.
   */
  publishCheck(head: string, check: Check): Promise<void>;
  /**
   * Merges with method `merge` if the head is still `head`. `stale`: the head moved or GitHub refuses
   * (required check, conflict); the caller looks again.
   */
  merge(pull: number, head: string, title: string, message: string): Promise<MergeOutcome>;
  /**
   * Opens a PR that deletes `path` from the governed branch at `tip`, on the named branch. Repeatable: an
   * open PR of that branch is returned as it is.
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

export type MergeOutcome =
  | { readonly outcome: "merged"; readonly commit: string }
  | { readonly outcome: "stale"; readonly reason: string };

export interface Removal {
  readonly branch: string;
  readonly tip: string;
  readonly path: string;
  readonly title: string;
  readonly body: string;
}
