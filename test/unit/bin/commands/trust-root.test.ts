import { chmod, copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { keygen } from "../../../../src/bin/commands/keygen.ts";
import { trustRootKey } from "../../../../src/bin/commands/trust-root-key.ts";
import { trustRootRotate } from "../../../../src/bin/commands/trust-root-rotate.ts";
import { trustRootShow } from "../../../../src/bin/commands/trust-root-show.ts";
import { trustRootSign } from "../../../../src/bin/commands/trust-root-sign.ts";
import type { Command } from "../../../../src/bin/command.ts";
import {
  keyidOf,
  trustRootDefects,
  trustRootDigest,
} from "../../../../src/core/attest/trust-root.ts";
import { successionDefect } from "../../../../src/core/attest/trust-root-succession.ts";
import type { TrustRootSignatures } from "../../../../src/generated/trust-root-signatures.ts";
import type { TrustRoot } from "../../../../src/generated/trust-root.ts";
import { temporaryFolder } from "../../../support/git/temporary-folder.ts";

async function run(command: Command, ...args: readonly string[]) {
  const output = { stdout: "", stderr: "" };
  const exitCode = await command(args, {
    stdout: (text) => void (output.stdout += text),
    stderr: (text) => void (output.stderr += text),
  });
  return { exitCode, ...output };
}

async function json<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, "utf8")) as T;
}

/** A folder with the keys of a repository, its trust root, and one new key `fresh`. */
async function keyFolder() {
  const folder = await temporaryFolder();
  const at = (name: string) => join(folder, name);
  await run(keygen, "--out", folder, "--repository-id", "700001");
  await run(trustRootKey, "--out", at("fresh"));
  const current = at("trust-root.json");
  const next = at("next.json");
  const before = await json<TrustRoot>(current);
  const fresh = keyidOf((await readFile(at("fresh.pub"), "utf8")).trim());
  return {
    ...{ folder, at, current, next, before, fresh },
    rotate: (...args: readonly string[]) =>
      run(trustRootRotate, "--current", current, "--out", next, ...args),
    sign: (key: string) => run(trustRootSign, next, "--current", current, "--key", at(key)),
    show: (...args: readonly string[]) => run(trustRootShow, next, ...args),
  };
}

describe("a rotation from the first command to the last", () => {
  it("replaces the decision key, says what changes, and may follow once all that must have signed", async () => {
    const { at, current, next, before, fresh, rotate, sign, show } = await keyFolder();
    const { exitCode, stdout } = await rotate("--decision-key", at("fresh.pub"));
    expect(exitCode).toBe(0);
    const document = await json<TrustRoot>(next);
    expect(document).toMatchObject({ version: 2, previous: trustRootDigest(before) });
    expect(trustRootDefects(document)).toEqual([]);
    expect(stdout).toContain(trustRootDigest(document));
    expect(stdout).toContain(`decision: retires ${before.keyRoles[1]?.keyids[0] ?? ""}`);
    expect(stdout).toContain(`decision: adds ${fresh}`);
    expect(stdout).toContain("root: stays as it is");

    const first = await sign("root.pem");
    expect([first.exitCode, first.stderr]).toEqual([0, ""]);
    expect(first.stdout).toContain("1 of 1 root keys of trust root 1");
    expect(first.stdout).toContain(`missing: the new key ${fresh}`);
    expect((await show("--current", current)).exitCode).toBe(1);
    const second = await sign("fresh.pem");
    expect(second.stdout).toContain("It may follow");
    const { signatures } = await json<TrustRootSignatures>(at("next.signatures.json"));
    expect(successionDefect([before], document, signatures)).toBeNull();

    const shown = await show("--current", current);
    expect(shown.exitCode).toBe(0);
    expect(shown.stdout).toContain(`signed by ${fresh}`);
    expect(shown.stdout).toContain("decision: 1 of 1 must sign");
    const told = JSON.parse((await show("--json")).stdout) as Record<string, unknown>;
    expect(told).toMatchObject({ version: 2, root: trustRootDigest(document), status: null });
    expect(told["signedBy"]).toEqual(signatures.map(({ keyid }) => keyid));
  });

  it("says how many of a threshold are missing, and of whom", async () => {
    const { at, current, before, fresh, rotate, sign } = await keyFolder();
    const old = before.keyRoles[0]?.keyids[0] ?? "";
    const grown = await rotate(
      "--root-key",
      old,
      "--root-key",
      at("fresh.pub"),
      "--threshold",
      "2",
    );
    expect(grown.stdout).toContain("root: 2 must sign, not 1");
    const { stdout } = await sign("root.pem");
    expect(stdout).toContain("1 of 1 root keys of trust root 1\n");
    expect(stdout).toContain(`1 of 2 root keys of trust root 2 itself; missing 1 of: ${fresh}`);
    expect((await sign("fresh.pem")).stdout).toContain("It may follow");
    expect(trustRootDigest(await json(current))).toBe(trustRootDigest(before));
  });

  it("lets the executor's new key stand beside the old one, and warns when it does not", async () => {
    const { at, next, before, fresh, rotate, folder } = await keyFolder();
    const old = before.keyRoles[2]?.keyids[0] ?? "";
    const both = await rotate("--execution-key", old, "--execution-key", at("fresh.pub"), "--json");
    expect(JSON.parse(both.stdout)).toMatchObject({ version: 2, file: next });
    expect((await json<TrustRoot>(next)).keyRoles[2]?.keyids).toEqual([old, fresh]);
    const out = join(folder, "other.json");
    const args = ["--current", at("trust-root.json"), "--out", out];
    const alone = await run(trustRootRotate, ...args, "--execution-key", at("fresh.pub"));
    expect(alone.stdout).toContain("Stop the executor before this is merged");
  });
});

describe("trust-root sign", () => {
  it("refuses who may not sign, and who has signed", async () => {
    const { at, rotate, sign } = await keyFolder();
    await rotate("--decision-key", at("fresh.pub"));
    for (const key of ["decision.pem", "execution.pem"]) {
      const { exitCode, stderr } = await sign(key);
      expect(exitCode).toBe(1);
      expect(stderr).toContain("its signature would count for nothing");
    }
    expect((await sign("root.pem")).exitCode).toBe(0);
    const again = await sign("root.pem");
    expect([again.exitCode, again.stdout]).toEqual([1, ""]);
    expect(again.stderr).toContain("has signed");
  });

  it("refuses a document that was changed after others signed it, or that follows another one", async () => {
    const { at, next, rotate, sign } = await keyFolder();
    await rotate("--decision-key", at("fresh.pub"));
    await sign("root.pem");
    const document = await json<TrustRoot>(next);
    await writeFile(next, JSON.stringify({ ...document, description: "another" }));
    const { exitCode, stderr } = await sign("fresh.pem");
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("Delete it and sign again")]);
    await writeFile(next, JSON.stringify({ ...document, version: 3 }));
    expect((await sign("fresh.pem")).stderr).toContain("trust-root-version-skipped");
  });

  it("throws for files that cannot be read, with their place, and for a key that others can read", async () => {
    const { at, next, current, rotate, sign } = await keyFolder();
    await expect(sign("root.pem")).rejects.toThrow(/ENOENT/u);
    await rotate("--decision-key", at("fresh.pub"));
    await writeFile(at("next.signatures.json"), '{ "kind": "TrustRootSignatures" }');
    await expect(sign("root.pem")).rejects.toThrow(/next\.signatures\.json:1:1/u);
    await copyFile(at("root.pem"), at("open.pem"));
    await chmod(at("open.pem"), 0o644);
    await writeFile(at("next.signatures.json"), "[]");
    await expect(sign("open.pem")).rejects.toThrow(/next\.signatures\.json:1:1/u);
    await writeFile(next, "{");
    await expect(run(trustRootShow, next)).rejects.toThrow(/next\.json:1:/u);
    await expect(run(trustRootShow, current)).resolves.toMatchObject({ exitCode: 0 });
  });
});

describe("trust-root rotate", () => {
  it("takes public keys alone, as it or PEM has them", async () => {
    const { at, rotate, before } = await keyFolder();
    await expect(rotate("--decision-key", at("fresh.pem"))).rejects.toThrow(/is a private key/u);
    await expect(rotate("--decision-key", `sha256:${"0".repeat(64)}`)).rejects.toThrow(
      /has no key/u,
    );
    for (const text of ["nothing", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"]) {
      await writeFile(at("bad.pub"), text);
      await expect(rotate("--decision-key", at("bad.pub"))).rejects.toThrow(
        /no Ed25519 public key/u,
      );
    }
    const base64 = (await readFile(at("fresh.pub"), "utf8")).trim();
    const pem = `-----BEGIN PUBLIC KEY-----\n${base64}\n-----END PUBLIC KEY-----\n`;
    await writeFile(at("pem.pub"), pem);
    expect((await rotate("--decision-key", at("pem.pub"))).exitCode).toBe(0);
    expect(before.version).toBe(1);
  });

  it("writes nothing that could not follow, and overwrites nothing", async () => {
    const { at, next, before, rotate } = await keyFolder();
    const execution = before.keyRoles[2]?.keyids[0] ?? "";
    const swapped = await rotate("--decision-key", execution, "--execution-key", at("fresh.pub"));
    expect(swapped.exitCode).toBe(1);
    expect(swapped.stderr).toContain("trust-root-key-in-another-role");
    expect((await rotate("--threshold", "2")).stderr).toContain("trust-root-malformed");
    await writeFile(next, "mine");
    const taken = await rotate("--decision-key", at("fresh.pub"));
    expect([taken.exitCode, taken.stdout]).toEqual([1, ""]);
    expect(taken.stderr).toContain("is not overwritten");
    expect(await readFile(next, "utf8")).toBe("mine");
  });
});

describe("misuse", () => {
  it.each<[Command, readonly string[], string]>([
    [trustRootRotate, ["--threshold", "1"], "--out is missing"],
    [trustRootRotate, ["--out", "x"], "Nothing would change"],
    [trustRootRotate, ["--out", "x", "--threshold", "0"], "--threshold must be"],
    [trustRootRotate, ["--force"], "--force"],
    [trustRootSign, ["--key", "x"], "Name one trust root"],
    [trustRootSign, ["a", "b", "--key", "x"], "Name one trust root"],
    [trustRootSign, ["a"], "--key is missing"],
    [trustRootSign, ["--force"], "--force"],
    [trustRootShow, ["a", "b"], "Name one trust root"],
    [trustRootShow, ["--force"], "--force"],
    [trustRootKey, [], "--out is missing"],
    [trustRootKey, ["--force"], "--force"],
  ])("of %o %j is answered with how it is used", async (command, args, fault) => {
    const { exitCode, stderr, stdout } = await run(command, ...args);
    expect([exitCode, stdout]).toEqual([3, ""]);
    expect(stderr).toContain(fault);
    expect(stderr).toContain("Usage: countersign trust-root");
  });

  it("of a name that is taken overwrites no key", async () => {
    const { at } = await keyFolder();
    const { exitCode, stderr } = await run(trustRootKey, "--out", at("root"));
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("exists already")]);
  });
});
