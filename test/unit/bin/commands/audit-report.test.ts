import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { PeriodReport } from "../../../../src/audit/report/model.ts";
import { auditReport } from "../../../../src/bin/commands/audit-report.ts";
import { gitIn } from "../../../support/git/git-in.ts";
import { temporaryFolder } from "../../../support/git/temporary-folder.ts";
import { decidedClone } from "../../../support/ledger/decided-clone.ts";
import { digestOf } from "../../../support/ledger/drafts.ts";

const at = "2026-11-21T10:00:00.000Z";
const given = { reviews: [] };
const clean = () => decidedClone([{ pull: 7, at, given }]);

async function run(...args: readonly string[]) {
  const output = { stdout: "", stderr: "" };
  const exitCode = await auditReport([...args, "--now", "2026-12-01T00:00:00Z"], {
    stdout: (text) => void (output.stdout += text),
    stderr: (text) => void (output.stderr += text),
  });
  return { exitCode, ...output };
}

describe("audit report", () => {
  it("writes the report of a clone that verifies, in each format", async () => {
    const { folder, root } = await clean();
    const html = await run("--repo", folder, "--root", root);
    expect([html.exitCode, html.stderr]).toEqual([0, ""]);
    expect(html.stdout).toMatch(/^<!doctype html>\n[^]*Verified: no finding[^]*<\/html>\n$/u);
    const csv = await run("--repo", folder, "--root", root, "--format", "csv");
    expect([csv.exitCode, csv.stdout.split("\r\n").length]).toEqual([0, 2]);
    const json = await run("--repo", folder, "--root", root, "--json");
    const report = JSON.parse(json.stdout) as PeriodReport;
    expect(report).toMatchObject({ findings: [], period: { to: "2026-12-01T00:00:00.000Z" } });
    expect(report.entries).toContainEqual({ type: "decision", count: 1 });
  });

  it("writes it to a file, and never over one", async () => {
    const { folder, root } = await clean();
    const out = join(await temporaryFolder(), "report.html");
    const first = await run("--repo", folder, "--root", root, "--out", out);
    expect([first.exitCode, first.stdout]).toEqual([0, ""]);
    expect(await readFile(out, "utf8")).toContain("Access report");
    await writeFile(out, "an old report");
    await expect(run("--repo", folder, "--root", root, "--out", out)).rejects.toMatchObject({
      name: "StartRefused",
      message: expect.stringContaining("Name a file that does not exist") as string,
    });
    expect(await readFile(out, "utf8")).toBe("an old report");
  });

  it("shows findings first and exits 1", async () => {
    const lie = { verdict: "denied" } as const;
    const { folder, root } = await decidedClone([{ pull: 7, at, given, lie }]);
    const { exitCode, stdout, stderr } = await run("--repo", folder, "--root", root);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("NOT VERIFIED: 1 finding(s). See `countersign audit verify");
    expect(stdout).toContain("Not verified: 1 finding.");
  });

  it("holds the ledgers against a checkpoint, as audit verify does, also from a file", async () => {
    const { folder, root } = await clean();
    const pinned = join(await temporaryFolder(), "checkpoint");
    await writeFile(pinned, `decisions=9:${digestOf("f")}\n`);
    const { exitCode, stdout } = await run("--repo", folder, "--root", root, "--pin", pinned);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("pin-ahead");
    await writeFile(pinned, "decisions=9");
    const unread = await run("--repo", folder, "--root", root, "--pin", pinned);
    expect([unread.exitCode, unread.stdout]).toEqual([3, ""]);
    expect(unread.stderr).toContain("or a file that holds it");
  });

  it("refuses keys of the forge that cannot be read, before it reads anything else", async () => {
    const { folder, root } = await clean();
    const asked = run("--repo", folder, "--root", root, "--forge-keys", "/no/such/index.json");
    await expect(asked).rejects.toMatchObject({
      name: "StartRefused",
      message: expect.stringContaining(
        "--forge-keys: /no/such/index.json cannot be read",
      ) as string,
    });
  });

  it("gives no report of what could not be verified, and exits 2", async () => {
    const { folder } = await clean();
    const out = join(await temporaryFolder(), "report.html");
    const other = await run("--repo", folder, "--root", digestOf("0"), "--out", out);
    expect([other.exitCode, other.stdout]).toEqual([2, ""]);
    expect(other.stderr).toContain("so that there is no report: Without a verified trust root");
    await expect(readFile(out)).rejects.toThrow("ENOENT");
  });

  it("gives no report of a shallow clone", async () => {
    const { folder, root } = await clean();
    const shallow = join(await temporaryFolder(), "shallow");
    await gitIn(folder, ["clone", "--quiet", "--depth=1", `file://${folder}`, shallow]);
    await expect(run("--repo", shallow, "--root", root)).rejects.toThrow(/shallow/u);
  });

  it("exits 3 for a period that ends before it begins, with what to write instead", async () => {
    const { exitCode, stdout, stderr } = await run(
      ...["--root", digestOf("0"), "--from", "2026-11-02", "--to", "2026-11-01"],
    );
    expect([exitCode, stdout]).toEqual([3, ""]);
    expect(stderr).toContain("exchange the two, or leave one out");
  });
});
