import { join } from "node:path";
import { openLedgerStore } from "../adapters/git/git-ledger-store.ts";
import { openMirror } from "../adapters/git/git-mirror.ts";
import type { AppPermissions } from "../adapters/github/app-permissions.ts";
import { githubApp } from "../adapters/github/github-client.ts";
import type { GitHubApp } from "../adapters/github/github-client.ts";
import type { TrustRoot } from "../core/model/governance.ts";
import type { LedgerStore } from "../ports/ledger-store.ts";
import type { Mirror } from "../ports/mirror.ts";
import {
  accessRepository,
  appPrivateKey,
  optional,
  pinnedRoot,
  wholeNumber,
  writeIntervalMilliseconds,
} from "./environment.ts";
import type { Environment } from "./environment.ts";
import { pinnedTrustRoot } from "./pinned-trust-root.ts";
import { StartRefused } from "./start-refused.ts";

/** What gate and executor each say about the access repository, with their own App and folder. */
export interface RepositorySettings {
  readonly appId: number;
  readonly privateKey: string;
  readonly owner: string;
  readonly repository: string;
  readonly governedBranch: string;
  /** Hash of the first trust root, pinned by hand; it stays when keys are rotated. */
  readonly pin: string;
  readonly apiUrl: string;
  readonly graphqlUrl: string | null;
  readonly serverUrl: string;
  /** Between two writes to the API. */
  readonly writeIntervalMilliseconds: number;
  /** For clones and whatever must outlive a restart; never shared between the two. */
  readonly folder: string;
}

/** Reads the settings from an environment; connects to nothing. Throws StartRefused. */
export function repositorySettings(
  env: Environment,
  name: "gate" | "executor",
): RepositorySettings {
  return {
    appId: wholeNumber(env, "APP_ID", { least: 1 }),
    privateKey: appPrivateKey(env),
    ...accessRepository(env),
    governedBranch: optional(env, "COUNTERSIGN_BRANCH", "main"),
    pin: pinnedRoot(env),
    apiUrl: optional(env, "GITHUB_API_URL", "https://api.github.com"),
    graphqlUrl: env["GITHUB_GRAPHQL_URL"] ?? null,
    serverUrl: optional(env, "GITHUB_SERVER_URL", "https://github.com"),
    writeIntervalMilliseconds: writeIntervalMilliseconds(env),
    folder: optional(env, "COUNTERSIGN_DATA", join(".countersign", name)),
  };
}

/** The access repository as one identity reaches it: its own App, its own clones. */
export interface OpenRepository {
  readonly app: GitHubApp;
  readonly mirror: Mirror;
  readonly store: LedgerStore;
  /** The one in force. */
  readonly trustRoot: TrustRoot;
}

/**
 * Signs in, clones, and accepts the repository only if its trust root follows from the pinned one and is made for it.
 * Throws StartRefused, and the errors of the ports.
 */
export async function openRepository(
  settings: RepositorySettings,
  {
    name,
    permissions,
  }: { readonly name: "gate" | "executor"; readonly permissions: AppPermissions },
): Promise<OpenRepository> {
  const { appId, privateKey, owner, repository, apiUrl, graphqlUrl, folder } = settings;
  const app = await githubApp({
    appId,
    privateKey,
    apiUrl,
    ...(graphqlUrl === null ? {} : { graphqlUrl }),
    owner,
    repository,
    permissions,
    patience: { writeIntervalMilliseconds: settings.writeIntervalMilliseconds },
  });
  const remote = `${settings.serverUrl}/${owner}/${repository}.git`;
  const credential = () => app.installationToken();
  const mirror = await openMirror({ folder: join(folder, "mirror.git"), remote, credential });
  await mirror.fetch();
  const store = await openLedgerStore({
    folder: join(folder, "ledger.git"),
    remote,
    credential,
    identity: { name: `countersign ${name}`, email: `${name}@countersign.invalid` },
  });
  const source = { mirror, store, branch: settings.governedBranch };
  const trustRoot = await pinnedTrustRoot(source, settings.pin);
  const { id, governedBranch } = trustRoot.repository;
  if (id !== app.repositoryId) {
    throw new StartRefused(
      `The trust root is for repository ${id}, ${owner}/${repository} is ${app.repositoryId}: use its own.`,
    );
  }
  if (governedBranch !== settings.governedBranch) {
    throw new StartRefused(
      `The trust root governs ${governedBranch}, COUNTERSIGN_BRANCH says ${settings.governedBranch}: use the former.`,
    );
  }
  return { app, mirror, store, trustRoot };
}
