import { ForgeRefused } from "../../ports/forge-reader.ts";
import { askGitHub } from "./github-errors.ts";
import type { GitHubOctokit } from "./github-octokit.ts";
import { safeId } from "./safe-id.ts";

export interface Installation {
  readonly installationId: number;
  readonly repositoryId: number;
}

/**
 * Finds the App's installation on a repository, and the repository's id, which unlike its name is never
 * used again. The token asked for on the way can read metadata only and is not kept.
 */
export async function findInstallation(
  appOctokit: GitHubOctokit,
  owner: string,
  repository: string,
): Promise<Installation> {
  const doing = `looking for the App's installation on ${owner}/${repository}`;
  const installation = await askGitHub(doing, () =>
    appOctokit.request("GET /repos/{owner}/{repo}/installation", { owner, repo: repository }),
  );
  const installationId = installation.data.id;
  const narrowed = await askGitHub(doing, () =>
    appOctokit.request("POST /app/installations/{installation_id}/access_tokens", {
      installation_id: installationId,
      repositories: [repository],
      permissions: { metadata: "read" },
    }),
  );
  const found = narrowed.data.repositories ?? [];
  const only = found.length === 1 ? found[0] : undefined;
  const repositoryId = safeId(only?.id);
  const asAsked = only?.full_name.toLowerCase() === `${owner}/${repository}`.toLowerCase();
  if (asAsked && repositoryId !== null) return { installationId, repositoryId };
  throw new ForgeRefused(
    `GitHub did not narrow a token to ${owner}/${repository}: it named ` +
      `${found.length} repositories. Check that the App is installed on that repository.`,
    200,
  );
}
