import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { generateKey } from "../../adapters/system/generate-key.ts";
import { createTrustRoot } from "../../core/attest/create-trust-root.ts";
import { trustRootDigest } from "../../core/attest/trust-root.ts";
import { parseGovernance } from "../../core/parse/parse-governance.ts";
import { startSandbox } from "../../sandbox/start-sandbox.ts";
import type { Sandbox } from "../../sandbox/start-sandbox.ts";
import { StartRefused } from "../start-refused.ts";
import { patience } from "../demo/wait-for.ts";
import { exampleGovernance } from "./example-files.ts";
import { sandboxWorld } from "./sandbox-world.ts";

export interface SandboxSettings {
  /** Emptied first: a sandbox starts afresh. */
  readonly folder: string;
  readonly port: number;
  readonly gatePort: number;
  /** Where the example's targets are, as a PostgreSQL URL. */
  readonly databaseUrl: string;
  readonly log: (line: string) => void;
}

/** What another process needs to know about a running sandbox; `json` is printed on one line. */
export interface StartedSandbox {
  readonly sandbox: Sandbox;
  readonly json: Readonly<Record<string, unknown>>;
}

/**
 * Starts the sandbox with the example governance and fresh keys, and writes `gate.env` and `executor.env` to
 * its folder: each holds only what its own process may know. `forge-keys.json` is for auditors.
 */
export async function startEverything(settings: SandboxSettings): Promise<StartedSandbox> {
  const { folder, gatePort } = settings;
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, "keys"), { recursive: true, mode: 0o700 });
  const keys = { root: generateKey(), decision: generateKey(), execution: generateKey() };
  const trustRoot = createTrustRoot({
    repositoryId: 700_001,
    governedBranch: "main",
    publicKeys: {
      root: keys.root.publicKey,
      decision: keys.decision.publicKey,
      execution: keys.execution.publicKey,
    },
  });
  const files = await exampleGovernance(`${JSON.stringify(trustRoot, null, 2)}\n`);
  const governance = parseGovernance(files);
  if (!governance.ok) {
    const [first] = governance.problems;
    throw new StartRefused(
      `The example governance has an error: ${first?.path ?? ""}:${first?.line ?? 0}: ${first?.message ?? ""}`,
    );
  }
  const webhookUrl = `http://127.0.0.1:${gatePort}/api/github/webhooks`;
  const sandbox = await startSandbox(
    sandboxWorld({
      governance: governance.value,
      files,
      folder: join(folder, "github"),
      port: settings.port,
      webhookUrl,
      log: settings.log,
    }),
  );
  const root = trustRootDigest(trustRoot);
  const secrets: Record<string, string> = {
    "decision.pem": keys.decision.privatePem,
    "execution.pem": keys.execution.privatePem,
    "root.pem": keys.root.privatePem,
  };
  for (const app of sandbox.apps) secrets[`${app.slug}.pem`] = app.privateKey;
  for (const [name, pem] of Object.entries(secrets)) {
    await writeFile(join(folder, "keys", name), pem, { mode: 0o600 });
  }
  await writeEnvironments(settings, sandbox, root);
  const forgeKeys = await writeForgeKeys(folder, sandbox);
  const json = {
    apiUrl: sandbox.apiUrl,
    graphqlUrl: sandbox.graphqlUrl,
    serverUrl: sandbox.serverUrl,
    repository: sandbox.repository,
    tokens: sandbox.tokens,
    apps: sandbox.apps.map(({ id, slug, privateKey, webhookSecret }) => ({
      id,
      slug,
      privateKey,
      webhookSecret,
    })),
    controlToken: sandbox.controlToken,
    trustRoot: root,
    databaseUrl: settings.databaseUrl,
    gateEnv: join(folder, "gate.env"),
    executorEnv: join(folder, "executor.env"),
    forgeKeys,
  };
  await writeFile(join(folder, "sandbox.json"), JSON.stringify(json), { mode: 0o600 });
  return { sandbox, json };
}

/** Writes what an auditor needs to check the signatures of the forge, and returns the path of the index. */
async function writeForgeKeys(folder: string, { forgeKey }: Sandbox): Promise<string> {
  const { armored, fingerprint, createdAt } = forgeKey;
  const from = new Date(Math.floor(createdAt.getTime() / 1000) * 1000).toISOString();
  const index = { format: 1, keys: [{ file: "web-flow.gpg", fingerprint, from, until: null }] };
  const path = join(folder, "forge-keys.json");
  await writeFile(join(folder, "web-flow.gpg"), armored);
  await writeFile(path, `${JSON.stringify(index, null, 2)}\n`);
  return path;
}

async function writeEnvironments(
  { folder, gatePort, databaseUrl }: SandboxSettings,
  sandbox: Sandbox,
  root: string,
): Promise<void> {
  const shared = {
    GITHUB_API_URL: sandbox.apiUrl,
    GITHUB_SERVER_URL: sandbox.serverUrl,
    COUNTERSIGN_REPOSITORY: sandbox.repository,
    COUNTERSIGN_TRUST_ROOT: root,
    // The sandbox has no rate limits, as a GitHub Enterprise Server has none unless it is told to.
    COUNTERSIGN_WRITE_INTERVAL_MILLISECONDS: "100",
  };
  const [gate, executor] = ["countersign-gate", "countersign-executor"].map((slug) =>
    sandbox.apps.find((app) => app.slug === slug),
  );
  await writeEnvironment(join(folder, "gate.env"), {
    ...shared,
    APP_ID: String(gate?.id),
    PRIVATE_KEY_PATH: join(folder, "keys", "countersign-gate.pem"),
    WEBHOOK_SECRET: gate?.webhookSecret ?? "",
    PORT: String(gatePort),
    COUNTERSIGN_DECISION_KEY_PATH: join(folder, "keys", "decision.pem"),
    COUNTERSIGN_DATA: join(folder, "gate"),
    // Where all takes longer, a sweep does as well: more of them would only hold up what somebody waits for.
    COUNTERSIGN_SWEEP_SECONDS: String(10 * Math.min(patience(), 2)),
  });
  await writeEnvironment(join(folder, "executor.env"), {
    ...shared,
    APP_ID: String(executor?.id),
    PRIVATE_KEY_PATH: join(folder, "keys", "countersign-executor.pem"),
    COUNTERSIGN_EXECUTION_KEY_PATH: join(folder, "keys", "execution.pem"),
    COUNTERSIGN_DATA: join(folder, "executor"),
    COUNTERSIGN_POLL_SECONDS: "2",
    COUNTERSIGN_TARGET_PAYMENTS_DB_URL: databaseUrl,
    COUNTERSIGN_TARGET_ANALYTICS_DB_URL: databaseUrl,
  });
}

async function writeEnvironment(path: string, values: Record<string, string>): Promise<void> {
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(path, lines.join(""), { mode: 0o600 });
}
