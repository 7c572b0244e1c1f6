import { createPrivateKey } from "node:crypto";
import { createAppAuth } from "@octokit/auth-app";
import { TargetRefused } from "../../../ports/target.ts";
import type { AppPermissions } from "../../github/app-permissions.ts";
import { githubUrlsProblem } from "../../github/github-urls.ts";
import type { GitHubOctokit } from "../../github/github-octokit.ts";
import { installationAuth } from "../../github/installation-auth.ts";
import { installationTokens } from "../../github/installation-tokens.ts";
import type { InstallationTokens } from "../../github/installation-tokens.ts";
import { patientOctokit } from "../../github/patient-octokit.ts";
import { withinTime } from "../within-time.ts";
import { askForTarget, askTarget } from "./github-answer.ts";

/** How to reach one organisation with the target's own App. `privateKey` is a secret. */
export interface OrganisationAccess {
  readonly apiUrl: string;
  readonly organisation: string;
  readonly appId: number;
  /** PEM, as GitHub hands it out. */
  readonly privateKey: string;
  readonly timeoutSeconds: number;
  readonly fetch?: typeof fetch;
}

/** What a token is narrowed to. */
export interface AccessScope {
  readonly permissions: AppPermissions;
  /** All that the App is installed on, when left out. */
  readonly repositories?: readonly string[];
}

/** One question to GitHub, which may take several requests. */
export interface GitHubSession {
  readonly octokit: GitHubOctokit;
  readonly organisation: string;
  /** Whether the App is installed on every repository, so that one it does not see does not exist. */
  readonly repositorySelection: "all" | "selected";
}

/** An organisation as the target's own App reaches it. */
export interface Organisation {
  /** Runs `work` with a connection of its own and a token of this scope. Throws the port's errors. */
  ask<T>(scope: AccessScope, work: (session: GitHubSession) => Promise<T>): Promise<T>;
  /** Drops the key and every token. */
  close(): void;
}

/**
 * Opens an organisation with the key of an App that is the target's own: never the executor's, whose token reads the
 * access repository. A personal token is not taken: it does not end by itself, and what its owner no longer sees would
 * look as if it were gone. Throws TargetRefused at once when the access cannot be used; connects to nothing yet.
 */
export function openOrganisation(options: OrganisationAccess): Organisation {
  let access: OrganisationAccess | null = usable(options);
  let installation: Promise<Installation> | null = null;
  const tokens = new Map<string, InstallationTokens>();
  // The App's own requests outlive no question by more than one time-out, and serve the next one as well.
  let asApp: GitHubOctokit | null = connectAsApp(access);
  return {
    ask: async (scope, work) => {
      if (access === null || asApp === null) {
        throw new TargetRefused("The target was closed and its key dropped: open it again.");
      }
      const [asked, app] = [access, asApp];
      const { organisation, timeoutSeconds } = asked;
      return withinTime("GitHub", timeoutSeconds, (signal) =>
        askForTarget(async () => {
          const found = await (installation ??= forgetOnFailure(findInstallation(app, asked)));
          const key = JSON.stringify(scope);
          const token = tokens.get(key) ?? tokensOf(app, found, scope);
          tokens.set(key, token);
          const octokit = connect(asked, [signal], installationAuth(token));
          const { repositorySelection } = found;
          return work({ octokit, organisation, repositorySelection });
        }),
      );
    },
    close: () => {
      access = null;
      asApp = null;
      tokens.clear();
    },
  };

  function forgetOnFailure(asking: Promise<Installation>): Promise<Installation> {
    asking.catch(() => {
      installation = null;
    });
    return asking;
  }
}

interface Installation {
  readonly id: number;
  readonly repositorySelection: "all" | "selected";
}

async function findInstallation(
  asApp: GitHubOctokit,
  { organisation }: OrganisationAccess,
): Promise<Installation> {
  const { data } = await askTarget(`looking for the App's installation on ${organisation}`, () =>
    asApp.request("GET /orgs/{org}/installation", { org: organisation }),
  );
  // Anything but a clear "all" means that what the App does not see may exist all the same.
  const repositorySelection = data.repository_selection === "all" ? "all" : "selected";
  return { id: data.id, repositorySelection };
}

function tokensOf(
  asApp: GitHubOctokit,
  { id }: Installation,
  { permissions, repositories }: AccessScope,
): InstallationTokens {
  const narrowed = repositories === undefined ? {} : { repositories };
  const scope = { installationId: id, repositoryId: null, ...narrowed, permissions };
  return installationTokens(asApp, scope, () => new Date());
}

function connectAsApp(access: OrganisationAccess): GitHubOctokit {
  const { appId, privateKey } = access;
  return connect(access, [], createAppAuth, { appId, privateKey });
}

function connect(
  { apiUrl, timeoutSeconds, fetch: given = fetch }: OrganisationAccess,
  signals: readonly AbortSignal[],
  authStrategy: unknown,
  auth?: unknown,
): GitHubOctokit {
  return patientOctokit({
    apiUrl,
    fetch: (input, init) =>
      given(input, { ...init, signal: AbortSignal.any([...signals, ...signalsOf(init)]) }),
    patience: patienceWithin(timeoutSeconds),
    lane: "reads",
    authStrategy,
    auth,
  });
}

function signalsOf(init: RequestInit | undefined): readonly AbortSignal[] {
  return init?.signal ? [init.signal] : [];
}

/** The three retries, after 1, 4 and 9 parts, take less than half of the time that there is. */
function patienceWithin(timeoutSeconds: number) {
  return {
    timeoutMilliseconds: timeoutSeconds * 1000,
    backoffMilliseconds: (timeoutSeconds * 1000) / 30,
    retryAfterMilliseconds: 1000,
    writeIntervalMilliseconds: 0,
  };
}

function usable(access: OrganisationAccess): OrganisationAccess {
  const { apiUrl, organisation, appId, privateKey, timeoutSeconds } = access;
  const problem = githubUrlsProblem(apiUrl, null);
  if (problem !== null) {
    throw new TargetRefused(problem.replace("GITHUB_API_URL", "The target's URL"));
  }
  refuseIf(
    !/^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/u.test(organisation),
    "The target's ORGANISATION is not a name that GitHub could have: write the one in the organisation's address.",
  );
  refuseIf(!Number.isSafeInteger(appId) || appId < 1, "The target's APP_ID is not a whole number.");
  refuseIf(!isPrivateKey(privateKey), "The target's PRIVATE_KEY is not a private key in PEM form.");
  refuseIf(
    !(timeoutSeconds > 0 && timeoutSeconds <= 3600),
    "The target's time-out must be more than 0 and at most 3600 seconds.",
  );
  return access;
}

function isPrivateKey(pem: string): boolean {
  try {
    createPrivateKey(pem);
    return true;
  } catch {
    // What a key parser says may quote the key.
    return false;
  }
}

function refuseIf(wrong: boolean, message: string): void {
  if (wrong) throw new TargetRefused(message);
}
