import { createPrivateKey } from "node:crypto";
import { createAppAuth } from "@octokit/auth-app";
import { ForgeRefused } from "../../ports/forge-reader.ts";
import type { AppPermissions } from "./app-permissions.ts";
import { findInstallation } from "./find-installation.ts";
import { githubUrlsProblem } from "./github-urls.ts";
import type { GitHubOctokit } from "./github-octokit.ts";
import { installationAuth } from "./installation-auth.ts";
import { installationTokens } from "./installation-tokens.ts";
import { defaultPatience, patientOctokit } from "./patient-octokit.ts";
import type { Patience } from "./patient-octokit.ts";

export interface GitHubAppOptions {
  readonly appId: number;
  /** PEM, as GitHub hands it out. */
  readonly privateKey: string;
  readonly apiUrl: string;
  /** GITHUB_GRAPHQL_URL, only to refuse one that contradicts `apiUrl`. */
  readonly graphqlUrl?: string;
  readonly owner: string;
  readonly repository: string;
  /** What every token is narrowed to; less than the App has, never more. */
  readonly permissions: AppPermissions;
  readonly fetch?: typeof fetch;
  readonly patience?: Partial<Patience>;
  readonly now?: () => Date;
}

export interface GitHubApp {
  /** For writes: they follow one another, a second apart, as GitHub asks. */
  readonly octokit: GitHubOctokit;
  /** For `githubReader`: the same rights, but GraphQL queries do not wait between the writes. */
  readonly reads: GitHubOctokit;
  /** For `githubIncidents`: reads issues of every repository that the App is installed on, and nothing else. */
  readonly issues: GitHubOctokit;
  readonly installationId: number;
  readonly repositoryId: number;
  /** A narrowed token for git over HTTP, good for at least five more minutes. Never log it. */
  readonly installationToken: () => Promise<string>;
}

/**
 * Signs in as a GitHub App on one repository. Every token is narrowed to that repository and to
 * `permissions`; the App's JWT goes to `apiUrl` and nowhere else. Throws ForgeUnavailable, and ForgeRefused
 * when the configuration contradicts itself or the App is not installed there.
 */
export async function githubApp(options: GitHubAppOptions): Promise<GitHubApp> {
  const problem = githubUrlsProblem(options.apiUrl, options.graphqlUrl ?? null);
  if (problem !== null) throw new ForgeRefused(problem, 0);
  refuseUnreadableKey(options.privateKey);

  const connection = {
    apiUrl: options.apiUrl,
    fetch: options.fetch ?? fetch,
    patience: { ...defaultPatience, ...options.patience },
  };
  const asApp = patientOctokit({
    ...connection,
    lane: "reads",
    authStrategy: createAppAuth,
    auth: { appId: options.appId, privateKey: options.privateKey },
  });
  const found = await findInstallation(asApp, options.owner, options.repository);
  const scope = { ...found, permissions: options.permissions };
  const tokens = installationTokens(asApp, scope, options.now ?? (() => new Date()));
  const authStrategy = installationAuth(tokens);
  const everywhere = { ...found, repositoryId: null, permissions: readIssues };
  const elsewhere = installationTokens(asApp, everywhere, options.now ?? (() => new Date()));
  return {
    octokit: patientOctokit({ ...connection, lane: "writes", authStrategy }),
    reads: patientOctokit({ ...connection, lane: "reads", authStrategy }),
    issues: patientOctokit({
      ...connection,
      lane: "reads",
      authStrategy: installationAuth(elsewhere),
    }),
    ...found,
    installationToken: () => tokens.current(),
  };
}

const readIssues = { issues: "read", metadata: "read" } as const;

function refuseUnreadableKey(pem: string): void {
  try {
    createPrivateKey(pem);
  } catch {
    // Without `cause`: what a key parser says may quote the key.
    throw new ForgeRefused(
      "PRIVATE_KEY is not a private key in PEM form, as GitHub hands it out.",
      0,
    );
  }
}
