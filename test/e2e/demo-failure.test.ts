import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../support/e2e/free-port.ts";
import { runCli, startCli } from "../support/e2e/run-cli.ts";
import type { Finished, Running } from "../support/e2e/run-cli.ts";
import { ordinaryText } from "../support/snapshot/request-text.ts";

const project = fileURLToPath(new URL("../../", import.meta.url));

let folder: string;
let sandbox: Running;
let gatePort: number;
/** Played against a sandbox without a gate, while the other tests run: it waits for its check in vain. */
let lonely: Promise<Finished>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "countersign-failure-"));
  gatePort = await freePort();
  const where = join(folder, "sandbox");
  sandbox = startCli(["sandbox", "--json", "--folder", where, "--gate-port", String(gatePort)]);
  await sandbox.firstLine;
  lonely = runCli(["demo", "--json", "--attach", where], { env: { COUNTERSIGN_PATIENCE: "1" } });
});
afterAll(async () => {
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
});

describe("demo", () => {
  it("--attach to a folder without a sandbox says what to start", async () => {
    const { exitCode, stdout, stderr } = await runCli(["demo", "--attach", "/nowhere"]);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^countersign demo: .*\/nowhere.*countersign sandbox/u);
    expect(stdout).toBe("");
  });

  it("--attach to a sandbox that has ended fails with one step that says so", async () => {
    const left = join(folder, "left");
    const port = await freePort();
    const world = { apiUrl: `http://127.0.0.1:${port}`, repository: "acme/access", tokens: {} };
    await mkdir(left);
    await writeFile(join(left, "sandbox.json"), JSON.stringify(world));
    const { exitCode, stdout } = await runCli(["demo", "--json", "--attach", left]);
    const { steps } = JSON.parse(stdout) as { steps: readonly unknown[] };
    expect(exitCode).toBe(1);
    expect(steps).toEqual([
      expect.objectContaining({
        ok: false,
        evidence: expect.stringMatching(/Nothing answers at .*countersign sandbox/u) as string,
      }),
    ]);
  });

  it("without a gate exits 1 with the step that failed and what was seen last", async () => {
    const { exitCode, stdout } = await lonely;
    const { steps } = JSON.parse(stdout) as { steps: readonly { ok: boolean; evidence: string }[] };
    expect(exitCode).toBe(1);
    expect(steps.map(({ ok }) => ok)).toEqual([true, false]);
    expect(steps[1]?.evidence).toMatch(/Waited .* for the check .*last seen: none/u);
  });
});

describe("countersign", () => {
  it("without arguments prints its commands and exits 0", async () => {
    const { exitCode, stdout, stderr } = await runCli([]);
    expect(exitCode).toBe(0);
    for (const command of [
      "demo",
      "check",
      "gate",
      "executor",
      "sandbox",
      "keygen",
      "audit verify",
    ]) {
      expect(stdout).toContain(`countersign ${command}`);
    }
    expect(stderr).toBe("");
  });

  it.each([["nonsense"], ["audit"], ["audit", "nonsense"]])(
    "refuses a command that it does not know: %s %s",
    async (...words) => {
      const { exitCode, stdout, stderr } = await runCli(words);
      expect(exitCode).toBe(3);
      expect(stdout).toBe("");
      expect(stderr).toContain("countersign demo");
    },
  );

  it.each(["demo", "sandbox", "gate", "executor", "check", "keygen"])(
    "%s refuses an option that it does not know",
    async (command) => {
      const { exitCode, stdout, stderr } = await runCli([command, "--nonsense"]);
      expect(exitCode).toBe(3);
      expect(stdout).toBe("");
      expect(stderr).toContain("--nonsense");
    },
  );
});

describe("check", () => {
  it("points at line and column, says what to write, and exits 1", async () => {
    const path = "access-requests/payments-db/bad.yaml";
    await cp(join(project, "governance"), join(folder, "governance"), { recursive: true });
    await mkdir(join(folder, "access-requests", "payments-db"), { recursive: true });
    await writeFile(join(folder, path), ordinaryText("bad").replace("PT4H", "4 hours"));
    const { exitCode, stdout } = await runCli(["check", path], { cwd: folder });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^access-requests\/payments-db\/bad\.yaml:\d+:\d+: .*4 hours/u);
    expect(stdout).toMatch(/^ {2}fix: .*PT4H/mu);
    const asJson = await runCli(["check", path, "--json"], { cwd: folder });
    expect(asJson.exitCode).toBe(1);
    const { files } = JSON.parse(asJson.stdout) as { files: readonly { problems: unknown[] }[] };
    expect(files[0]?.problems[0]).toMatchObject({ path, line: 12, column: 13 });
  });
});

describe("--json", () => {
  it("keygen and audit verify print one JSON document", async () => {
    const out = join(folder, "new-keys");
    const keys = await runCli(["keygen", "--out", out, "--repository-id", "1", "--json"]);
    const { root } = JSON.parse(keys.stdout) as { root: string };
    expect(keys.exitCode).toBe(0);
    expect(root).toMatch(/^sha256:[0-9a-f]{64}$/u);
    const repo = join(folder, "sandbox", "github");
    const audit = await runCli(["audit", "verify", "--repo", repo, "--root", root, "--json"]);
    expect([1, 2]).toContain(audit.exitCode);
    if (audit.stdout !== "") JSON.parse(audit.stdout);
  });
});

describe("a gate whose port is taken", () => {
  it("ends with what to change, instead of deciding without webhooks", async () => {
    const where = join(folder, "sandbox", "gate.env");
    const first = startCli(["gate", "--env-file", where, "--json"]);
    expect(JSON.parse(await first.firstLine)).toEqual({ url: `http://127.0.0.1:${gatePort}` });
    const second = await runCli(["gate", "--env-file", where]);
    expect(second.exitCode).toBe(3);
    expect(second.stderr).toContain("PORT");
    await first.stop();
  });
});
