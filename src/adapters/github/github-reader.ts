import type { ForgeReader } from "../../ports/forge-reader.ts";
import { findCommits } from "./find-commits.ts";
import type { GitHubOctokit } from "./github-octokit.ts";
import { listPulls } from "./list-pulls.ts";
import { readPull } from "./read-pull.ts";
import { readPushes } from "./read-pushes.ts";
import type { RepositoryLocation } from "./repository-location.ts";

export interface GitHubReaderOptions extends RepositoryLocation {
  /** `reads` of `githubApp`, so that queries do not wait between the writes. */
  readonly octokit: GitHubOctokit;
}

/** Reads pull requests from GitHub, as ForgeReader promises. */
export function githubReader(options: GitHubReaderOptions): ForgeReader {
  const { octokit, governedBranch } = options;
  return {
    readPull: (number, teams) => readPull(octokit, options, number, teams),
    async openPulls() {
      const pulls = await listPulls(octokit, options, { by: "base", base: governedBranch });
      return pulls.map(({ number }) => number);
    },
    async pullsFromBranch(branch) {
      const pulls = await listPulls(octokit, options, { by: "branch", branch });
      return pulls.map(({ number, state }) => ({ number, state }));
    },
    pushes: (branch) => readPushes(octokit, options, branch),
    commits: (oids) => findCommits(octokit, options, oids),
  };
}
