import { createServer } from "node:http";
import type { Server } from "node:http";
import { join } from "node:path";
import { createNodeMiddleware, Probot } from "probot";
import { openLedgerStore } from "../adapters/git/git-ledger-store.ts";
import { openMirror } from "../adapters/git/git-mirror.ts";
import { githubApp } from "../adapters/github/github-client.ts";
import { githubReader } from "../adapters/github/github-reader.ts";
import { githubWriter } from "../adapters/github/github-writer.ts";
import { openSigner } from "../adapters/system/file-signer.ts";
import { systemClock } from "../adapters/system/system-clock.ts";
import { githubWebhooks } from "../gate/github-webhooks.ts";
import { runGate } from "../gate/run-gate.ts";
import type { Log } from "../ports/log.ts";
import { openLedger } from "../record/ledger.ts";
import { cappedBody } from "./capped-body.ts";
import {
  accessRepository,
  appPrivateKey,
  optional,
  pinnedRoot,
  required,
  webhookSecret,
  wholeNumber,
} from "./environment.ts";
import type { Environment } from "./environment.ts";
import { pinnedTrustRoot } from "./pinned-trust-root.ts";
import { StartRefused } from "./start-refused.ts";

/** Where GitHub sends webhooks to; the App's manifest names it. */
export const webhooksPath = "/api/github/webhooks";

/** The rights of the gate's tokens; less than the App may have, never more (P9, P12). */
const permissions = {
  checks: "write",
  contents: "write",
  pull_requests: "write",
  members: "read",
  metadata: "read",
} as const;

/** A gate that is up: where it listens, and a promise of its end. */
export interface StartedGate {
  readonly url: string;
  readonly stopped: Promise<void>;
}

/**
 * Starts the gate from its environment: every secret is checked before anything listens, then the
 * ledger, then the first sweep, then webhooks. Throws StartRefused with what to write instead, and the errors of
 * the ports. Never `probot run`, which would start an unauthenticated set-up mode.
 */
export async function startGate(
  env: Environment,
  log: Log,
  signal: AbortSignal,
): Promise<StartedGate> {
  const secret = webhookSecret(env);
  const appId = wholeNumber(env, "APP_ID", { least: 1 });
  const privateKey = appPrivateKey(env);
  const { owner, repository } = accessRepository(env);
  const pin = pinnedRoot(env);
  const port = wholeNumber(env, "PORT", { least: 0, fallback: 3000 });
  const sweepSeconds = wholeNumber(env, "COUNTERSIGN_SWEEP_SECONDS", { least: 1, fallback: 120 });
  const branch = optional(env, "COUNTERSIGN_BRANCH", "main");
  if (env["COUNTERSIGN_EXECUTION_KEY_PATH"] !== undefined) {
    throw new StartRefused(
      "COUNTERSIGN_EXECUTION_KEY_PATH is set: the gate must not hold the executor's key; give it to the executor alone.",
    );
  }
  const signer = openSigner(
    required(env, "COUNTERSIGN_DECISION_KEY_PATH", "name decision.pem of `countersign keygen`."),
  );
  const apiUrl = optional(env, "GITHUB_API_URL", "https://api.github.com");
  const serverUrl = optional(env, "GITHUB_SERVER_URL", "https://github.com");
  const graphqlUrl = env["GITHUB_GRAPHQL_URL"];

  const app = await githubApp({
    appId,
    privateKey,
    apiUrl,
    ...(graphqlUrl === undefined ? {} : { graphqlUrl }),
    owner,
    repository,
    permissions,
  });
  const folder = optional(env, "COUNTERSIGN_DATA", join(".countersign", "gate"));
  const remote = `${serverUrl}/${owner}/${repository}.git`;
  const credential = () => app.installationToken();
  const mirror = await openMirror({ folder: join(folder, "mirror.git"), remote, credential });
  await mirror.fetch();
  const trustRoot = await pinnedTrustRoot(mirror, branch, pin);
  const repositoryId = trustRoot.repository.id;
  if (repositoryId !== app.repositoryId) {
    throw new StartRefused(
      `The trust root is for repository ${repositoryId}, ${owner}/${repository} is ${app.repositoryId}: use its own.`,
    );
  }
  const store = await openLedgerStore({
    folder: join(folder, "ledger.git"),
    remote,
    credential,
    identity: { name: "countersign gate", email: "gate@countersign.invalid" },
  });
  const location = { owner, repository, governedBranch: branch };
  const failed = new AbortController();
  const running = await runGate(
    {
      reader: githubReader({ octokit: app.reads, ...location }),
      writer: githubWriter({ octokit: app.octokit, appId, ...location }),
      mirror,
      ledger: openLedger({
        store,
        signer,
        clock: systemClock,
        branch: "audit/decisions",
        trustRoot,
      }),
      clock: systemClock,
      governedBranch: branch,
      log,
    },
    { trustRoot, sweepSeconds, signal: AbortSignal.any([signal, failed.signal]) },
  );
  const probot = new Probot({ appId, privateKey, secret, baseUrl: apiUrl, logLevel: "fatal" });
  const server = await webhookServer(
    probot,
    githubWebhooks(running, { repositoryId, governedBranch: branch }),
  );
  const host = optional(env, "COUNTERSIGN_HOST", "127.0.0.1");
  const url = await listen(server, host, port).catch(async (cause: unknown) => {
    // Without webhooks nothing would be observed: the sweeps that began must not go on alone.
    failed.abort();
    await running.stopped;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartRefused(`${reason}: set PORT and COUNTERSIGN_HOST to an address that is free.`, {
      cause,
    });
  });
  signal.addEventListener("abort", () => server.close());
  log("info", "the gate is up", {
    url: `${url}${webhooksPath}`,
    repository: `${owner}/${repository}`,
  });
  return { url, stopped: running.stopped };
}

async function webhookServer(probot: Probot, webhooks: (app: Probot) => void): Promise<Server> {
  const middleware = await createNodeMiddleware(webhooks, { probot, webhooksPath });
  return createServer((request, response) => {
    if (request.method === "GET" && request.url === "/healthz") {
      response.writeHead(200, { "content-type": "text/plain" }).end("ok\n");
      return;
    }
    cappedBody(request, response, () => {
      void middleware(request, response, () => {
        response.writeHead(404, { "content-type": "text/plain" }).end("not here\n");
      });
    });
  });
}

function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      const bound = typeof address === "object" && address !== null ? address.port : port;
      resolve(`http://${host}:${bound}`);
    });
  });
}
