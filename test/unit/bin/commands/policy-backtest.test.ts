import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Backtest } from "../../../../src/audit/backtest-decisions.ts";
import { policyBacktest } from "../../../../src/bin/commands/policy-backtest.ts";
import { StartRefused } from "../../../../src/bin/start-refused.ts";
import { temporaryFolder } from "../../../support/git/temporary-folder.ts";
import { acmeKeys } from "../../../support/ledger/acme-keys.ts";
import { decidedClone } from "../../../support/ledger/decided-clone.ts";
import type { DecidedClone, Recorded } from "../../../support/ledger/decided-clone.ts";

const approval: Recorded = {
  pull: 7,
  at: "2026-11-21T12:00:00.000Z",
  given: { reviews: [{ by: "bob" }, { by: "carol" }] },
};
const since = ["--since", "2026-11-01T00:00:00Z"];

async function run(...args: readonly string[]) {
  const output = { stdout: "", stderr: "" };
  const exitCode = await policyBacktest(args, {
    stdout: (text) => void (output.stdout += text),
    stderr: (text) => void (output.stderr += text),
  });
  return { exitCode, ...output };
}

function at({ folder, root }: DecidedClone): readonly string[] {
  return ["--repo", folder, "--root", root];
}

async function edit({ folder }: DecidedClone, path: string, from: string, to: string) {
  const file = join(folder, "governance", path);
  const text = await readFile(file, "utf8");
  expect(text).toContain(from);
  await writeFile(file, text.replace(from, to));
}

describe("policy backtest", () => {
  it("says no change under the same governance", async () => {
    const clone = await decidedClone([approval]);
    const { exitCode, stdout, stderr } = await run(...at(clone), ...since);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toBe("1 decision made again: no verdict would change.\n");
  });

  it("lists what the working tree would change, in words and as JSON", async () => {
    const clone = await decidedClone([approval]);
    await edit(clone, "policy/privileged.yaml", "maxDuration: PT8H", "maxDuration: PT2H");
    const words = await run(...at(clone), ...since);
    expect(words.exitCode).toBe(1);
    expect(words.stdout).toContain("#7 2026-11-21-alice-settlement: approved → denied\n");
    const json = await run(...at(clone), ...since, "--json");
    expect(json.exitCode).toBe(1);
    const { changes } = JSON.parse(json.stdout) as Backtest;
    expect(changes).toMatchObject([{ pull: 7, was: "approved", wouldBe: "denied" }]);
  });

  it("could not tell when a decision is not repeated, whatever else would not change", async () => {
    const clone = await decidedClone([approval, { ...approval, pull: 8, lie: { notAfter: null } }]);
    const { exitCode, stdout } = await run(...at(clone), ...since);
    expect(exitCode).toBe(2);
    expect(stdout).toContain("#8");
    expect(stdout).toContain("1 could not be");
  });

  it("could not tell when nothing was decided since", async () => {
    const clone = await decidedClone([approval]);
    const { exitCode, stdout } = await run(...at(clone), "--since", "2026-11-22T00:00:00Z");
    expect(exitCode).toBe(2);
    expect(stdout).toContain("nothing can be told");
  });

  it("could not tell under governance that does not parse, and says what is wrong with it", async () => {
    const clone = await decidedClone([approval]);
    await edit(clone, "policy/privileged.yaml", "maxDuration: PT8H", "maxDuration: 8h");
    const { exitCode, stdout, stderr } = await run(...at(clone), ...since);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/privileged\.yaml:\d+:18: .*"8h"\.\n {2}fix: /u);
  });

  it("could not tell from a clone that does not verify, or is none", async () => {
    const clone = await decidedClone([approval]);
    const { rootDigest } = acmeKeys();
    await expect(run("--repo", clone.folder, "--root", rootDigest, ...since)).rejects.toThrow(
      /does not verify: \d+ findings.*audit verify/u,
    );
    await rm(join(clone.folder, ".git"), { recursive: true });
    await expect(run(...at(clone), ...since)).rejects.toThrow(/not the top folder/u);
  });

  it("refuses a folder without governance", async () => {
    const { rootDigest } = acmeKeys();
    const args = ["--repo", await temporaryFolder(), "--root", rootDigest, ...since];
    await expect(run(...args)).rejects.toThrow(StartRefused);
  });

  it.each([
    [[], "--since"],
    [["--since", "yesterday"], "--since"],
    [since, "--root must be the hash"],
    [[...since, "--root", "sha256:abc"], "--root must be the hash"],
    [["--nonsense"], "nonsense"],
  ])("refuses %j", async (args, words) => {
    await expect(run(...args)).rejects.toThrow(StartRefused);
    await expect(run(...args)).rejects.toThrow(words);
  });
});
