import { askGitHub } from "./github-errors.ts";
import type { GitHubOctokit } from "./github-octokit.ts";
import type { AppPermissions } from "./app-permissions.ts";
import { ForgeRefused } from "../../ports/forge-reader.ts";

export interface TokenScope {
  readonly installationId: number;
  /** `null`: every repository of the installation, for reading incidents wherever they are tracked. */
  readonly repositoryId: number | null;
  /** Names of the repositories to narrow to, for one that is known by its name alone. */
  readonly repositories?: readonly string[];
  readonly permissions: AppPermissions;
}

/** Gives installation tokens of one scope. */
export interface InstallationTokens {
  /** A token good for at least five more minutes; asks GitHub only when the last one is not. */
  current(): Promise<string>;
  /** Drops `token` if it is the one remembered: GitHub no longer accepts it. */
  drop(token: string): void;
}

const marginMilliseconds = 5 * 60 * 1000;

/**
 * Asks for tokens narrowed to one repository and the given permissions, with the App's own JWT over
 * `appOctokit` (and so its base URL). Callers at the same time share one request; failures are not kept.
 */
export function installationTokens(
  appOctokit: GitHubOctokit,
  scope: TokenScope,
  now: () => Date,
): InstallationTokens {
  let kept: { token: string; expiresAt: number } | null = null;
  let asking: Promise<string> | null = null;

  const ask = async (): Promise<string> => {
    kept = await createToken(appOctokit, scope);
    return kept.token;
  };
  return {
    current() {
      if (kept !== null && now().getTime() < kept.expiresAt - marginMilliseconds) {
        return Promise.resolve(kept.token);
      }
      asking ??= ask().finally(() => {
        asking = null;
      });
      return asking;
    },
    drop(token) {
      if (kept?.token === token) kept = null;
    },
  };
}

async function createToken(appOctokit: GitHubOctokit, scope: TokenScope) {
  const { data } = await askGitHub("asking for an installation token", () =>
    appOctokit.request("POST /app/installations/{installation_id}/access_tokens", {
      installation_id: scope.installationId,
      ...(scope.repositoryId === null ? {} : { repository_ids: [scope.repositoryId] }),
      ...(scope.repositories === undefined ? {} : { repositories: [...scope.repositories] }),
      permissions: scope.permissions,
    }),
  );
  const expiresAt = Date.parse(data.expires_at);
  if (typeof data.token === "string" && data.token !== "" && Number.isFinite(expiresAt)) {
    return { token: data.token, expiresAt };
  }
  throw new ForgeRefused("GitHub answered an installation token without token or end", 200);
}
