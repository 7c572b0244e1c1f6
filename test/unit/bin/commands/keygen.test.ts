import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { openSigner } from "../../../../src/adapters/system/file-signer.ts";
import { keygen } from "../../../../src/bin/commands/keygen.ts";
import {
  keyRoleOf,
  trustRootDefects,
  trustRootDigest,
} from "../../../../src/core/attest/trust-root.ts";
import type { TrustRoot } from "../../../../src/generated/trust-root.ts";
import { temporaryFolder } from "../../../support/git/temporary-folder.ts";

async function run(...args: readonly string[]) {
  const output = { stdout: "", stderr: "" };
  const exitCode = await keygen(args, {
    stdout: (text) => void (output.stdout += text),
    stderr: (text) => void (output.stderr += text),
  });
  return { exitCode, ...output };
}

describe("keygen", () => {
  it("writes three keys that only their owner can read, and the trust root that names them", async () => {
    const out = join(await temporaryFolder(), "keys");
    const { exitCode, stdout } = await run("--out", out, "--repository-id", "700001");
    expect(exitCode).toBe(0);
    const text = await readFile(join(out, "trust-root.json"), "utf8");
    const trustRoot = JSON.parse(text) as TrustRoot;
    expect(trustRootDefects(trustRoot)).toEqual([]);
    expect(trustRoot.repository).toEqual({ id: 700_001, governedBranch: "main" });
    expect(stdout).toContain(trustRootDigest(trustRoot));
    for (const role of ["root", "decision", "execution"] as const) {
      const path = join(out, `${role}.pem`);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect(keyRoleOf(trustRoot, openSigner(path).keyid)).toBe(role);
    }
  });

  it("prints one line of JSON when asked to", async () => {
    const out = await temporaryFolder();
    const { stdout } = await run(
      "--out",
      out,
      "--repository-id",
      "1",
      "--branch",
      "trunk",
      "--json",
    );
    const { root, files } = JSON.parse(stdout) as { root: string; files: string[] };
    const text = await readFile(join(out, "trust-root.json"), "utf8");
    expect(root).toBe(trustRootDigest(JSON.parse(text) as TrustRoot));
    expect(files).toHaveLength(4);
  });

  it("overwrites nothing and leaves no half of a set behind", async () => {
    const out = await temporaryFolder();
    await writeFile(join(out, "execution.pem"), "mine");
    const { exitCode, stderr } = await run("--out", out, "--repository-id", "1");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("execution.pem exists already");
    expect(await readdir(out)).toEqual(["execution.pem"]);
    expect(await readFile(join(out, "execution.pem"), "utf8")).toBe("mine");
  });

  it.each([
    [["--repository-id", "1"], "--out is missing"],
    [["--out", "x"], "--repository-id"],
    [["--out", "x", "--repository-id", "-1"], "--repository-id"],
    [["--out", "x", "--repository-id", "1.5"], "--repository-id"],
    [["--out", "x", "--repository-id", "99999999999999999999"], "--repository-id"],
    [["--out", "x", "--repository-id", "1", "--branch", "-x"], "--branch"],
    [["--out", "x", "--repository-id", "1", "--force"], "--force"],
    [["x"], "Unexpected"],
  ])("says what is wrong with %j", async (args, fault) => {
    const { exitCode, stderr, stdout } = await run(...args);
    expect([exitCode, stdout]).toEqual([3, ""]);
    expect(stderr).toContain(fault);
    expect(stderr).toContain("Usage: countersign keygen");
  });

  it("could not tell when the folder cannot be made", async () => {
    const file = join(await temporaryFolder(), "file");
    await writeFile(file, "");
    expect((await run("--out", join(file, "x"), "--repository-id", "1")).exitCode).toBe(2);
  });
});
