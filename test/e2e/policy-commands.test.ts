import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { runCli } from "../support/e2e/run-cli.ts";
import { decidedClone } from "../support/ledger/decided-clone.ts";

const project = fileURLToPath(new URL("../../", import.meta.url));
const approved = { reviews: [{ by: "bob" }, { by: "carol" }] };

it("policy test runs the project's own tables, from its folder", async () => {
  const { exitCode, stdout, stderr } = await runCli(["policy", "test"], { cwd: project });
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("\ngovernance/policy/privileged.test.yaml\n  ✔ ");
});

it("a change of policy is tested, held against the record, and explained", async () => {
  const decision = { pull: 7, at: "2026-11-21T12:00:00.000Z", given: approved };
  const { folder: cwd, root } = await decidedClone([decision]);
  const policy = join(cwd, "governance/policy/privileged.yaml");
  const text = await readFile(policy, "utf8");
  await writeFile(policy, text.replace("role: control, count: 1", "role: control, count: 2"));

  const tested = await runCli(["policy", "test"], { cwd });
  expect(tested.exitCode).toBe(1);
  expect(tested.stdout).toContain("  ✘ an owner and a control person are enough");

  const since = ["--since", "2026-11-01T00:00:00Z"];
  const held = await runCli(["policy", "backtest", ...since, "--root", root], { cwd });
  expect([held.exitCode, held.stderr]).toEqual([1, ""]);
  expect(held.stdout).toContain("approved → pending");

  const explained = await runCli(["explain", "7", "--root", root], { cwd });
  expect([explained.exitCode, explained.stderr]).toEqual([0, ""]);
  expect(explained.stdout).toContain("APPROVED: request #7");
});

it("says what is misused, and never yes", async () => {
  for (const args of [
    ["policy", "backtest"],
    ["explain"],
    ["policy", "test", "--what"],
    ["policy"],
  ]) {
    const { exitCode, stdout, stderr } = await runCli(args, { cwd: project });
    expect([args, exitCode, stdout]).toEqual([args, 3, ""]);
    expect(stderr).not.toBe("");
  }
});
