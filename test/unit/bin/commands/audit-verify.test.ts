import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { openLedgerStore } from "../../../../src/adapters/git/git-ledger-store.ts";
import type { AuditReport } from "../../../../src/audit/audit-report.ts";
import { auditVerify } from "../../../../src/bin/commands/audit-verify.ts";
import { ensureTrustRoot } from "../../../../src/record/ensure-trust-root.ts";
import { bareRemote } from "../../../support/git/bare-remote.ts";
import type { BareRemote } from "../../../support/git/bare-remote.ts";
import { gitIn } from "../../../support/git/git-in.ts";
import { temporaryFolder } from "../../../support/git/temporary-folder.ts";
import { acmeKeys } from "../../../support/ledger/acme-keys.ts";
import { lapsedDraft } from "../../../support/ledger/drafts.ts";
import { gnupgVector } from "../../../support/openpgp/gnupg-vector.ts";
import { stillClock } from "../../../support/ledger/still-clock.ts";
import { gateLedger } from "../../../support/ledger/two-ledgers.ts";

const keys = acmeKeys();

async function run(...args: readonly string[]) {
  const output = { stdout: "", stderr: "" };
  const exitCode = await auditVerify(args, {
    stdout: (text) => void (output.stdout += text),
    stderr: (text) => void (output.stderr += text),
  });
  return { exitCode, ...output };
}

/** A repository with a short decisions ledger, written through real git. */
async function recorded(): Promise<BareRemote> {
  const remote = await bareRemote();
  const main = await remote.commit({ files: { "README.md": "access" } });
  await remote.setRef("refs/heads/main", main);
  const store = await openLedgerStore({
    folder: join(await temporaryFolder(), "store"),
    remote: remote.folder,
    credential: null,
    identity: { name: "gate", email: "gate@acme.example" },
  });
  const ledger = gateLedger(keys, stillClock(), store);
  await ensureTrustRoot(ledger, keys.trustRoot, main);
  await ledger.append([lapsedDraft("a"), lapsedDraft("b")]);
  return remote;
}

async function cloneOf({ folder }: BareRemote, ...flags: readonly string[]): Promise<string> {
  const clone = join(await temporaryFolder(), "clone");
  await gitIn(folder, ["clone", "--quiet", ...flags, `file://${folder}`, clone]);
  return clone;
}

describe("audit verify", () => {
  it("says yes to a fresh clone, and prints what it verified", async () => {
    const clone = await cloneOf(await recorded());
    const { exitCode, stdout, stderr } = await run("--repo", clone, "--root", keys.rootDigest);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("1 trust-root, 2 lapsed");
    expect(stdout).toContain("VERIFIED: no finding.");
  });

  it("names the entry of which one byte was changed, and a command that shows it", async () => {
    const remote = await recorded();
    const clone = await cloneOf(remote, "--mirror");
    const [oids, bytes] = [
      await gitIn(clone, ["rev-list", "--reverse", "audit/decisions"]),
      await gitIn(clone, ["show", "audit/decisions~1:entry.dsse.json"]),
    ];
    const [first = "", second = "", third = ""] = oids.split("\n");
    const blob = await gitIn(clone, ["hash-object", "-w", "--stdin"], bytes.replace("eyJ", "eyK"));
    const tree = await gitIn(clone, ["mktree"], `100644 blob ${blob}\tentry.dsse.json\n`);
    const say = async (oid: string) => `${await gitIn(clone, ["log", "-1", "--format=%B", oid])}\n`;
    const commit = async (treeOid: string, parent: string, message: string) =>
      gitIn(
        clone,
        ["-c", "user.name=x", "-c", "user.email=x@x", "commit-tree", treeOid, "-p", parent],
        message,
      );
    const changed = await commit(tree, first, await say(second));
    const last = await commit(`${third}^{tree}`, changed, await say(third));
    await gitIn(clone, ["update-ref", "refs/heads/audit/decisions", last]);
    const { exitCode, stdout } = await run("--repo", clone, "--root", keys.rootDigest, "--json");
    expect(exitCode).toBe(1);
    const { findings } = JSON.parse(stdout) as AuditReport;
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ code: "signature-invalid", seq: 1, commit: changed });
    const [, ...command] = (findings[0]?.command ?? "").split(" ");
    expect(await gitIn(clone, command)).toBe(bytes.replace("eyJ", "eyK"));
  });

  it("could not tell: a shallow clone, a replaced object, no repository, no ledger", async () => {
    const remote = await recorded();
    const shallow = await cloneOf(remote, "--depth=1", "--no-single-branch");
    const replaced = await cloneOf(remote);
    await gitIn(replaced, ["replace", "origin/audit/decisions", "origin/audit/decisions~1"]);
    const without = await cloneOf(remote, "--single-branch", "--branch=main");
    const cases = [shallow, replaced, await temporaryFolder(), without];
    for (const repo of cases) {
      const { exitCode } = await run("--repo", repo, "--root", keys.rootDigest);
      expect([repo, exitCode]).toEqual([repo, 2]);
    }
  });

  it("finds another root than the pinned one", async () => {
    const clone = await cloneOf(await recorded());
    const { exitCode, stdout } = await run("--repo", clone, "--root", acmeKeys().rootDigest);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("trust-root-unexpected");
  });

  it("refuses keys of the forge that it cannot read, and says what to write", async () => {
    const clone = await cloneOf(await recorded());
    const folder = await temporaryFolder();
    const index = join(folder, "forge-keys.json");
    const verify = () => run("--repo", clone, "--root", keys.rootDigest, "--forge-keys", index);
    expect(await verify()).toMatchObject({ exitCode: 3, stdout: "" });
    await writeFile(index, "{}");
    expect((await verify()).stderr).toContain("it is not of the form");
    const { fingerprint, publicKey } = gnupgVector;
    const key = { file: "web-flow.gpg", fingerprint, from: "2024-01-16T00:00:00Z", until: null };
    await writeFile(index, JSON.stringify({ format: 1, keys: [key] }));
    expect((await verify()).stderr).toContain("web-flow.gpg");
    await writeFile(join(folder, "web-flow.gpg"), publicKey);
    expect(await verify()).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it.each([
    [[], "Get it from the"],
    [["--root", "sha256:abc"], "Get it from the"],
    [["--root", keys.rootDigest, "--now", "tomorrow"], "--now"],
    [["--root", keys.rootDigest, "--now", "2026-13-21T10:00:00Z"], "--now"],
    [["--root", keys.rootDigest, "--trust-first"], "--trust-first"],
  ])("says how it is used when given %j", async (args, fault) => {
    const { exitCode, stderr, stdout } = await run(...args);
    expect([exitCode, stdout]).toEqual([3, ""]);
    expect(stderr).toContain(fault);
  });
});
