import type { Octokit } from "@octokit/rest";

/**
 * Names the two doors of an Octokit that the adapter uses. Probot's instances fit as well; `auth` is left
 * out on purpose, because Probot's ignores the base URL.
 */
export type GitHubOctokit = Pick<Octokit, "request" | "graphql">;
