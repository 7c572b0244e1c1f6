import { join } from "node:path";
import { githubIncidents } from "../adapters/github/github-incidents.ts";
import { githubReader } from "../adapters/github/github-reader.ts";
import { openSigner } from "../adapters/system/file-signer.ts";
import { systemChance } from "../adapters/system/system-chance.ts";
import { systemClock } from "../adapters/system/system-clock.ts";
import { decide } from "../core/decide/decide.ts";
import { newExecutor } from "../executor/executor.ts";
import { openKnownState } from "../executor/known-state.ts";
import { openOutbox } from "../executor/outbox.ts";
import { withPatience } from "../executor/patience.ts";
import { reconcile } from "../executor/reconcile.ts";
import { runExecutor } from "../executor/run-executor.ts";
import { readSnapshot } from "../facts/read-snapshot.ts";
import type { Log } from "../ports/log.ts";
import { openLedger } from "../record/ledger.ts";
import { writeCheckpoint } from "../record/write-checkpoint.ts";
import { gatherMilliseconds, required, wholeNumber } from "./environment.ts";
import type { Environment } from "./environment.ts";
import { configuredTargets } from "./configured-targets.ts";
import { openRepository, repositorySettings } from "./open-repository.ts";
import { StartRefused } from "./start-refused.ts";

/** The rights of the executor's tokens: its own ledger branch by git, and reading what was approved. */
const permissions = {
  contents: "write",
  issues: "read",
  pull_requests: "read",
  members: "read",
  metadata: "read",
} as const;

/** An executor that is up; `stopped` resolves after the signal and the pass that is going on. */
export interface StartedExecutor {
  readonly stopped: Promise<void>;
}

/**
 * Starts the executor from its own environment, as its own App, with its own key and its own clone. Refuses to
 * start with anything of the gate's: one identity that decides and carries out would be the end of P1. Throws
 * StartRefused with what to write instead, SignerNotTrusted, and the errors of the ports.
 */
export async function startExecutor(
  env: Environment,
  log: Log,
  signal: AbortSignal,
): Promise<StartedExecutor> {
  refuseGateVariables(env);
  const settings = repositorySettings(env, "executor");
  const { owner, repository, governedBranch, folder } = settings;
  const pollSeconds = wholeNumber(env, "COUNTERSIGN_POLL_SECONDS", { least: 1, fallback: 30 });
  const signer = openSigner(
    required(env, "COUNTERSIGN_EXECUTION_KEY_PATH", "name execution.pem of `countersign keygen`."),
  );
  const targets = configuredTargets(env);
  const opened = await openRepository(settings, { name: "executor", permissions });
  const { app, mirror, store, trustRoot } = opened;
  const clock = systemClock;
  const ledger = openLedger({
    store,
    signer,
    clock,
    chance: systemChance,
    gatherMilliseconds: gatherMilliseconds(env),
    branch: "audit/executions",
    trustRoot,
    expectedRoot: settings.pin,
  });
  const forge = githubReader({ octokit: app.reads, owner, repository, governedBranch });
  const incidents = githubIncidents(app.issues);
  const executor = newExecutor({
    clock,
    ledger,
    mirror,
    governedBranch,
    readSnapshot: (view, pull) =>
      readSnapshot({ forge, mirror, ledger: view, incidents, governedBranch }, pull),
    decide,
    openTarget: targets,
    incidents,
    outbox: await openOutbox(join(folder, "outbox"), log),
    known: await openKnownState(join(folder, "known"), log),
    log,
  });
  log("info", "the executor is up", { repository: `${owner}/${repository}` });
  return {
    stopped: runExecutor({
      pass: () => reconcile(executor),
      checkpoint: () =>
        withPatience(clock, executor.patienceSeconds, writeCheckpoint(ledger, clock.now())),
      ...{ clock, log, pollSeconds, signal },
    }),
  };
}

function refuseGateVariables(env: Environment): void {
  const foreign = ["COUNTERSIGN_DECISION_KEY_PATH", "WEBHOOK_SECRET"].find(
    (name) => env[name] !== undefined,
  );
  if (foreign === undefined) return;
  throw new StartRefused(
    `${foreign} is set: it belongs to the gate, and the executor must not hold it. Give the executor a file of its own with --env-file.`,
  );
}
