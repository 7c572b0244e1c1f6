import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rolesOf } from "../../src/bin/demo/read-role.ts";
import { freePort } from "../support/e2e/free-port.ts";
import { runCli, startCli } from "../support/e2e/run-cli.ts";
import type { Running } from "../support/e2e/run-cli.ts";

interface SandboxLine {
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly serverUrl: string;
  readonly repository: string;
  readonly tokens: Readonly<Record<string, string>>;
  readonly apps: readonly Readonly<Record<string, unknown>>[];
  readonly databaseUrl: string;
}

let folder: string;
let running: readonly Running[] = [];
let line: SandboxLine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "countersign-three-"));
  const gatePort = String(await freePort());
  const sandbox = startCli(["sandbox", "--json", "--folder", folder, "--gate-port", gatePort]);
  running = [sandbox];
  line = JSON.parse(await sandbox.firstLine) as SandboxLine;
  const gate = startCli(["gate", "--env-file", join(folder, "gate.env")]);
  const executor = startCli(["executor", "--env-file", join(folder, "executor.env")]);
  running = [sandbox, gate, executor];
  await Promise.all([gate.firstLine, executor.firstLine]);
});
afterAll(async () => {
  await Promise.all(running.map((one) => one.stop()));
  await rm(folder, { recursive: true, force: true });
});

/** A word or two of every step that the issue asks for, in its order. */
const steps = [
  "processes",
  "alice asks",
  "ivan helps",
  "alice approves her own request: refused",
  "ivan, who wrote a part of it, approves: refused",
  "not enough for this tier",
  "carol, of risk, approves as control: green",
  "the gate merges",
  "the executor grants",
  "the role is gone",
  "the revert pull request is merged",
  "an auditor clones and verifies",
  "one byte of one entry is changed",
];

describe("sandbox, gate and executor, each started by hand", () => {
  it("the sandbox's one line says everything that another program needs", () => {
    const urls = [line.apiUrl, line.graphqlUrl, line.serverUrl];
    expect(urls.map((url) => new URL(url).hostname)).toEqual(Array(3).fill("127.0.0.1"));
    expect(line.repository).toBe("acme/access");
    expect(line.tokens["alice"]).toMatch(/^\S{20,}$/u);
    expect(line.apps.map(({ slug }) => slug)).toEqual(["countersign-gate", "countersign-executor"]);
    for (const app of line.apps) {
      expect(app).toEqual({
        id: expect.any(Number) as number,
        slug: expect.any(String) as string,
        privateKey: expect.stringContaining("PRIVATE KEY") as string,
        webhookSecret: expect.stringMatching(/^\S{32,}$/u) as string,
      });
    }
  });

  it("live through a request like the demo's own, step by step", { timeout: 240_000 }, async () => {
    const { exitCode, stdout } = await runCli(["demo", "--attach", folder, "--json"]);
    const played = JSON.parse(stdout) as {
      steps: readonly { name: string; ok: boolean; evidence: string }[];
    };
    expect(played.steps.filter(({ ok }) => !ok)).toEqual([]);
    expect(exitCode).toBe(0);
    expect(played.steps.map(({ name }, at) => name.includes(steps[at] ?? "?"))).toEqual(
      steps.map(() => true),
    );
    for (const { evidence } of played.steps) expect(evidence).toMatch(/\S{3}/u);
  });

  it("end in order at SIGTERM, and nothing of theirs goes on", async () => {
    expect(await rolesOf(line.databaseUrl, "alice")).toEqual([]);
    // The PostgreSQL shares the sandbox's stderr: `stop` resolves only when both are gone.
    expect(await Promise.all(running.map((one) => one.stop()))).toEqual([0, 0, 0]);
    await expect(rolesOf(line.databaseUrl, "alice")).rejects.toThrow(/ECONNREFUSED/u);
    await expect(fetch(line.apiUrl)).rejects.toThrow();
  });
});
