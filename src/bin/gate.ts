import { createServer } from "node:http";
import type { Server } from "node:http";
import { createNodeMiddleware, Probot } from "probot";
import { githubReader } from "../adapters/github/github-reader.ts";
import { githubIncidents } from "../adapters/github/github-incidents.ts";
import { githubIssues } from "../adapters/github/github-issues.ts";
import { githubConversation } from "../adapters/github/github-conversation.ts";
import { githubWriter } from "../adapters/github/github-writer.ts";
import { openSigner } from "../adapters/system/file-signer.ts";
import { systemChance } from "../adapters/system/system-chance.ts";
import { systemClock } from "../adapters/system/system-clock.ts";
import { githubWebhooks } from "../gate/github-webhooks.ts";
import { runGate } from "../gate/run-gate.ts";
import type { RunningGate } from "../gate/run-gate.ts";
import type { Log } from "../ports/log.ts";
import { openLedger } from "../record/ledger.ts";
import { cappedBody } from "./capped-body.ts";
import {
  gatherMilliseconds,
  optional,
  required,
  webhookSecret,
  wholeNumber,
} from "./environment.ts";
import type { Environment } from "./environment.ts";
import { openRepository, repositorySettings } from "./open-repository.ts";
import { StartRefused } from "./start-refused.ts";

/** Where GitHub sends webhooks to; the App's manifest names it. */
export const webhooksPath = "/api/github/webhooks";

/** The rights of the gate's tokens; less than the App may have, never more (P9, P12). */
const permissions = {
  checks: "write",
  contents: "write",
  issues: "write",
  pull_requests: "write",
  statuses: "read",
  members: "read",
  metadata: "read",
} as const;

/** A gate that is up: where it listens, and a promise of its end. */
export interface StartedGate {
  readonly url: string;
  readonly stopped: Promise<void>;
  /** Why it ended by itself, with what to do; `null` when it was told to. */
  whyRetired(): string | null;
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
  const settings = repositorySettings(env, "gate");
  const { appId, privateKey, owner, repository, governedBranch } = settings;
  const port = wholeNumber(env, "PORT", { least: 0, fallback: 3000 });
  const sweepSeconds = wholeNumber(env, "COUNTERSIGN_SWEEP_SECONDS", { least: 1, fallback: 120 });
  if (env["COUNTERSIGN_EXECUTION_KEY_PATH"] !== undefined) {
    throw new StartRefused(
      "COUNTERSIGN_EXECUTION_KEY_PATH is set: the gate must not hold the executor's key; give it to the executor alone.",
    );
  }
  const signer = openSigner(
    required(env, "COUNTERSIGN_DECISION_KEY_PATH", "name decision.pem of `countersign keygen`."),
  );
  const opened = await openRepository(settings, { name: "gate", permissions });
  const { app, mirror, store, trustRoot } = opened;
  const location = { owner, repository, governedBranch };
  const failed = new AbortController();
  const running = await runGate(
    {
      reader: githubReader({ octokit: app.reads, ...location }),
      writer: githubWriter({ octokit: app.octokit, reads: app.reads, appId, ...location }),
      conversation: githubConversation({ octokit: app.octokit, appId, ...location }),
      issues: githubIssues({ octokit: app.octokit, appId, ...location }),
      incidents: githubIncidents(app.issues),
      mirror,
      ledger: openLedger({
        store,
        signer,
        clock: systemClock,
        chance: systemChance,
        gatherMilliseconds: gatherMilliseconds(env),
        branch: "audit/decisions",
        trustRoot,
        expectedRoot: settings.pin,
      }),
      clock: systemClock,
      governedBranch,
      log,
    },
    { trustRoot, sweepSeconds, signal: AbortSignal.any([signal, failed.signal]) },
  );
  const baseUrl = settings.apiUrl;
  const probot = new Probot({ appId, privateKey, secret, baseUrl, logLevel: "fatal" });
  const webhooks = githubWebhooks(running, { repositoryId: app.repositoryId, governedBranch });
  const server = await webhookServer(probot, webhooks, running);
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
  void running.stopped.then(() => server.close());
  log("info", "the gate is up", {
    url: `${url}${webhooksPath}`,
    repository: `${owner}/${repository}`,
  });
  return { url, stopped: running.stopped, whyRetired: () => running.whyRetired() };
}

async function webhookServer(
  probot: Probot,
  webhooks: (app: Probot) => void,
  running: RunningGate,
): Promise<Server> {
  const middleware = await createNodeMiddleware(webhooks, { probot, webhooksPath });
  return createServer((request, response) => {
    if (request.method === "GET" && request.url === "/healthz") {
      const why = running.whyStopped();
      const status = why === null ? 200 : 503;
      response.writeHead(status, { "content-type": "text/plain" }).end(`${why ?? "ok"}\n`);
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
