import type { ForgeWriter } from "../../ports/forge-writer.ts";
import type { GitHubOctokit } from "./github-octokit.ts";
import { mergePull } from "./merge-pull.ts";
import { openRemoval } from "./open-removal.ts";
import { checkPublisher } from "./publish-check.ts";
import { readMarks } from "./read-marks.ts";
import type { RepositoryLocation } from "./repository-location.ts";

export interface GitHubWriterOptions extends RepositoryLocation {
  readonly octokit: GitHubOctokit;
  /** The gate's own App: its check runs are found by it. */
  readonly appId: number;
}

/**
 * Writes to GitHub, as ForgeWriter promises. The gate alone makes one. `reads` is that of `githubApp`, so that looking at the
 * marks on a head does not wait between the writes.
 */
export function githubWriter(
  options: GitHubWriterOptions & { readonly reads: GitHubOctokit },
): ForgeWriter {
  const { octokit, owner, repository } = options;
  return {
    publishCheck: checkPublisher(options),
    marksOn: (head) => readMarks({ ...options, octokit: options.reads }, head),
    merge: (pull, head, title, message) =>
      mergePull(octokit, { owner, repository, pull, head, title, message }),
    openRemoval: (removal) => openRemoval(octokit, options, removal),
  };
}
