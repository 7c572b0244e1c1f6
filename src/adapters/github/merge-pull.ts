import { ForgeRefused } from "../../ports/forge-reader.ts";
import type { MergeOutcome } from "../../ports/forge-writer.ts";
import { askGitHub } from "./github-errors.ts";
import type { GitHubOctokit } from "./github-octokit.ts";

export interface MergeRequest {
  readonly owner: string;
  readonly repository: string;
  readonly pull: number;
  /** The head that was approved. GitHub compares it when it merges: without it another one could slip in. */
  readonly head: string;
  readonly title: string;
  readonly message: string;
}

/**
 * Merges with a merge commit if the head is still the approved one. `stale` on 405 (a rule or a conflict
 * forbids it, or it is merged already) and 409 (the head moved); other refusals are thrown.
 */
export async function mergePull(
  octokit: GitHubOctokit,
  merge: MergeRequest,
): Promise<MergeOutcome> {
  try {
    const { data } = await askGitHub(`merging pull request ${merge.pull}`, () =>
      octokit.request("PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge", {
        owner: merge.owner,
        repo: merge.repository,
        pull_number: merge.pull,
        sha: merge.head,
        merge_method: "merge",
        commit_title: merge.title,
        commit_message: merge.message,
      }),
    );
    if (data.merged && data.sha !== "") return { outcome: "merged", commit: data.sha };
    return { outcome: "stale", reason: data.message };
  } catch (error) {
    if (error instanceof ForgeRefused && (error.status === 405 || error.status === 409)) {
      return { outcome: "stale", reason: error.message };
    }
    throw error;
  }
}
