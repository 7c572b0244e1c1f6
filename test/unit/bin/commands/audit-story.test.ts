import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ShownRequest } from "../../../../src/audit/show-request.ts";
import { auditCheckProof } from "../../../../src/bin/commands/audit-check-proof.ts";
import { auditDiff } from "../../../../src/bin/commands/audit-diff.ts";
import { auditProve } from "../../../../src/bin/commands/audit-prove.ts";
import { auditShow } from "../../../../src/bin/commands/audit-show.ts";
import { gitIn } from "../../../support/git/git-in.ts";
import { temporaryFolder } from "../../../support/git/temporary-folder.ts";
import { acmeKeys } from "../../../support/ledger/acme-keys.ts";
import { lifeClone } from "../../../support/ledger/life-clone.ts";
import { runCommand as run } from "../../../support/run-command.ts";

const request = "2026-11-21-alice-settlement";

describe("audit show", () => {
  it("shows a request, with commands that git answers with the signed entry", async () => {
    const { folder, root } = await lifeClone();
    const told = await run(auditShow, "#7", "--repo", folder, "--root", root);
    expect(told.exitCode).toBe(0);
    expect(told.stdout).toMatch(/^request {5}2026-11-21-alice-settlement \(#7\)\n/u);
    const json = await run(auditShow, request, "--repo", folder, "--root", root, "--json");
    const { timeline } = JSON.parse(json.stdout) as ShownRequest;
    expect(timeline).toHaveLength(11);
    const [, ...command] = (timeline[0]?.command ?? "").split(" ");
    expect(await gitIn(folder, command)).toMatch(/^\{"payload":"/u);
  });

  it("refuses what nobody asked for, what does not verify, and misuse", async () => {
    const { folder, root } = await lifeClone({ until: "decided" });
    await expect(
      run(auditShow, "2026-11-21-alice-setlement", "--repo", folder, "--root", root),
    ).rejects.toThrow(`Did you mean ${request}?`);
    const other = acmeKeys().rootDigest;
    await expect(run(auditShow, request, "--repo", folder, "--root", other)).rejects.toThrow(
      "does not verify",
    );
    for (const args of [[], [request, "b"], [request]]) {
      expect((await run(auditShow, ...args, "--repo", folder)).exitCode).toBe(3);
    }
  });
});

describe("audit diff", () => {
  it("says 0 for the same and for one behind, 1 for a fork, and could not tell without the right root", async () => {
    const { folder, root } = await lifeClone();
    expect((await run(auditDiff, folder, folder, "--root", root)).exitCode).toBe(0);
    const behind = join(await temporaryFolder(), "behind.git");
    await gitIn(folder, ["clone", "--quiet", "--mirror", `file://${folder}`, behind]);
    await gitIn(behind, ["update-ref", "refs/heads/audit/executions", "audit/executions~1"]);
    const told = await run(auditDiff, folder, behind, "--root", root);
    expect([told.exitCode, told.stdout]).toEqual([0, expect.stringContaining("B is behind by 1")]);

    // The same statements in other commits: the branch was replaced.
    const entry = await gitIn(behind, ["rev-parse", "audit/executions"]);
    const parent = await gitIn(behind, ["rev-parse", "audit/executions~1"]);
    const message = await gitIn(behind, ["log", "-1", "--format=%B", entry]);
    const args = ["commit-tree", `${entry}^{tree}`, "-p", parent, "-m", message];
    const replaced = await gitIn(behind, args);
    await gitIn(behind, ["update-ref", "refs/heads/audit/executions", replaced]);
    const forked = await run(auditDiff, folder, behind, "--root", root, "--json");
    expect(forked.exitCode).toBe(1);
    expect(JSON.parse(forked.stdout)).toMatchObject({
      ledgers: [{ state: "same" }, { state: "forked", after: 1 }],
    });

    const unsure = await run(auditDiff, folder, behind, "--root", acmeKeys().rootDigest);
    expect([unsure.exitCode, unsure.stdout]).toEqual([2, ""]);
    await expect(run(auditDiff, folder, "--root", root)).rejects.toThrow("Name two clones");
    await expect(run(auditDiff, folder, "nowhere", "--root", root)).rejects.toThrow("nowhere");
  });
});

describe("audit prove", () => {
  it("writes a file that is checked without the clone, and no byte of which can change", async () => {
    const { folder, root } = await lifeClone();
    const out = join(await temporaryFolder(), "proof.json");
    const args = [request, "--repo", folder, "--root", root, "--out", out];
    expect(await run(auditProve, ...args)).toMatchObject({ exitCode: 0, stdout: "" });
    await expect(run(auditProve, ...args)).rejects.toThrow("Name a new file");
    const checked = await run(auditCheckProof, out, "--root", root);
    expect(checked.exitCode).toBe(0);
    expect(checked.stdout).toContain("PROVED, as far as the lines above say.");
    expect((await run(auditCheckProof, out, "--root", acmeKeys().rootDigest)).exitCode).toBe(1);

    const bytes = await readFile(out);
    bytes[5_000] = (bytes[5_000] ?? 0) ^ 1;
    await writeFile(out, bytes);
    await expect(run(auditCheckProof, out, "--root", root)).rejects.toThrow("is no bundle");
    await expect(run(auditCheckProof, "--root", root)).rejects.toThrow("Name one bundle");
  });

  it("writes nothing about a merge of other bytes than were decided on", async () => {
    const { folder, root } = await lifeClone({ mergedText: "kind: AccessRequest\n" });
    const told = await run(auditProve, request, "--repo", folder, "--root", root);
    expect([told.exitCode, told.stdout]).toEqual([1, ""]);
    expect(told.stderr).toContain("The merged bytes are not those");
  });
});
