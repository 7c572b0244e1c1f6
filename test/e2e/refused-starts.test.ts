import { createHmac } from "node:crypto";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkSays } from "../../src/bin/demo/forge-view.ts";
import { startGateWorld } from "../support/e2e/gate-world.ts";
import type { GateWorld } from "../support/e2e/gate-world.ts";
import { runCli } from "../support/e2e/run-cli.ts";
import { ordinaryText } from "../support/snapshot/request-text.ts";

let world: GateWorld;
let connections: string;
let files = 0;
beforeAll(async () => {
  connections = join(process.cwd(), "node_modules", ".cache", `connections-${process.pid}.txt`);
  await writeFile(connections, "");
  world = await startGateWorld({
    RECORD_CONNECTIONS: connections,
    NODE_OPTIONS: `--import ${new URL("../support/e2e/record-connections.js", import.meta.url).href}`,
  });
});
afterAll(() => world.stop());

async function envFile(
  of: "gate" | "executor",
  change: Record<string, string | null>,
): Promise<string> {
  const values = Object.entries({ ...(await world.variables(of)), ...change });
  files += 1;
  const path = join(world.folder, `${of}-${files}.env`);
  await writeFile(
    path,
    values.flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}\n`])).join(""),
  );
  return path;
}

describe("the gate does not start", () => {
  it.each([
    ["without a webhook secret", { WEBHOOK_SECRET: null }, "WEBHOOK_SECRET is missing"],
    ["with a short one", { WEBHOOK_SECRET: "0123456789abcdef" }, "WEBHOOK_SECRET is too short"],
    [
      "with Probot's default",
      { WEBHOOK_SECRET: "development" },
      "WEBHOOK_SECRET is too short or a default",
    ],
    ["with one that is not random", { WEBHOOK_SECRET: "a".repeat(64) }, "not random"],
    [
      "with the executor's key beside its own",
      { COUNTERSIGN_EXECUTION_KEY_PATH: "x.pem" },
      "give it to the executor alone",
    ],
    [
      "with another root hash than the repository's",
      { COUNTERSIGN_TRUST_ROOT: `sha256:${"0".repeat(64)}` },
      "find out who changed which",
    ],
    ["without a repository", { COUNTERSIGN_REPOSITORY: null }, "COUNTERSIGN_REPOSITORY is missing"],
    [
      "with a GraphQL URL that leads elsewhere",
      { GITHUB_GRAPHQL_URL: "https://example.invalid/graphql" },
      "GITHUB_GRAPHQL_URL",
    ],
  ])("%s", async (_, change, words) => {
    const { exitCode, stderr, stdout } = await runCli([
      "gate",
      "--env-file",
      await envFile("gate", change),
    ]);
    expect(stderr).toContain(words);
    expect(stdout).toBe("");
    expect([2, 3]).toContain(exitCode);
  });

  it("with the executor's signing key in the place of its own", async () => {
    const key = (await world.variables("executor"))["COUNTERSIGN_EXECUTION_KEY_PATH"] ?? "";
    const file = await envFile("gate", { COUNTERSIGN_DECISION_KEY_PATH: key });
    const { exitCode, stderr } = await runCli(["gate", "--env-file", file]);
    expect(stderr).toMatch(/execution/u);
    expect(exitCode).toBe(2);
  });
});

describe("the executor does not start", () => {
  it("with the gate's signing key", async () => {
    const key = (await world.variables("gate"))["COUNTERSIGN_DECISION_KEY_PATH"] ?? "";
    const file = await envFile("executor", { COUNTERSIGN_EXECUTION_KEY_PATH: key });
    const { exitCode, stderr } = await runCli(["executor", "--env-file", file]);
    expect(stderr).toMatch(/decision/u);
    expect(exitCode).toBe(2);
  });

  it("with the gate's variables in its environment", async () => {
    const file = await envFile("executor", await world.variables("gate"));
    const { exitCode, stderr } = await runCli(["executor", "--env-file", file]);
    expect(stderr).toContain("it belongs to the gate");
    expect(exitCode).toBe(3);
  });

  it("with a key that others can read", async () => {
    const { COUNTERSIGN_EXECUTION_KEY_PATH: key = "" } = await world.variables("executor");
    const open = join(world.folder, "open.pem");
    await writeFile(open, await readFile(key), { mode: 0o644 });
    const file = await envFile("executor", { COUNTERSIGN_EXECUTION_KEY_PATH: open });
    const { exitCode, stderr } = await runCli(["executor", "--env-file", file]);
    expect(stderr).toContain("chmod 600");
    expect(exitCode).toBe(2);
  });
});

describe("a running gate", () => {
  const body = JSON.stringify({ action: "opened", number: 1 });
  const post = async (signature: string): Promise<number> => {
    const answer = await fetch(`${world.gateUrl}/api/github/webhooks`, {
      method: "POST",
      body,
      headers: {
        "content-type": "application/json",
        "x-github-event": "pull_request",
        "x-github-delivery": "9f1d2c1e-0000-0000-0000-000000000000",
        "x-hub-signature-256": signature,
      },
    });
    return answer.status;
  };

  it("refuses a webhook with a bad signature, with Probot's default secret, and without one", async () => {
    const forged = createHmac("sha256", "development").update(body).digest("hex");
    expect(await post(`sha256=${"0".repeat(64)}`)).toBe(400);
    expect(await post(`sha256=${forged}`)).toBe(400);
    expect(await post("")).toBe(400);
  });

  it("reads no body that is too large or of unknown length", async () => {
    const { hostname, port } = new URL(world.gateUrl);
    for (const length of ["content-length: 6000000", "transfer-encoding: chunked"]) {
      const socket = connect(Number(port), hostname);
      socket.write(`POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\n${length}\r\n\r\n`);
      const [head] = (await once(socket, "data")) as [Buffer];
      expect(head.toString()).toMatch(/^HTTP\/1.1 413 /u);
      socket.destroy();
    }
  });

  it("loses nothing when the forge answers 502 three times and then works", async () => {
    world.sandbox.faults.fail("/graphql", 502, 3);
    const path = "access-requests/payments-db/after-502.yaml";
    const { head } = await world.openPull({ [path]: ordinaryText("after-502") });
    await checkSays(world.view, head, "action_required", "SOD-STEP-APPROVER");
  });

  it("loses nothing when no webhook arrives: the sweep finds the pull request", async () => {
    world.sandbox.setWebhookUrl("countersign-gate", null);
    const path = "access-requests/payments-db/no-webhook.yaml";
    const { head } = await world.openPull({ [path]: ordinaryText("no-webhook") });
    await checkSays(world.view, head, "action_required", "SOD-STEP-APPROVER");
    world.sandbox.setWebhookUrl("countersign-gate", `${world.gateUrl}/api/github/webhooks`);
  });

  it("never connected to any host but the configured one", async () => {
    const hosts = (await readFile(connections, "utf8")).trim().split("\n");
    // Connections are kept and used again: how many there are says nothing, but that there are any.
    expect(hosts).not.toEqual([""]);
    expect(new Set(hosts)).toEqual(new Set(["127.0.0.1"]));
  });
});
