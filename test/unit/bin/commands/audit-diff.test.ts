import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { auditDiff } from "../../../../src/bin/commands/audit-diff.ts";
import { StartRefused } from "../../../../src/bin/start-refused.ts";
import { gitIn } from "../../../support/git/git-in.ts";
import { temporaryFolder } from "../../../support/git/temporary-folder.ts";
import { acmeKeys } from "../../../support/ledger/acme-keys.ts";
import { lifeClone } from "../../../support/ledger/life-clone.ts";
import { runCommand } from "../../../support/run-command.ts";

/** Puts the last entry of a branch into another commit, as a replaced branch has it. */
async function replaceLast(folder: string, branch: string): Promise<void> {
  const message = await gitIn(folder, ["log", "-1", "--format=%B", branch]);
  await putOnTop(folder, branch, { parent: `${branch}~1`, tree: `${branch}^{tree}`, message });
}

async function putOnTop(
  folder: string,
  branch: string,
  { parent, tree, message }: { parent: string; tree: string; message: string },
): Promise<void> {
  const on = await gitIn(folder, ["rev-parse", parent]);
  const commit = await gitIn(folder, ["commit-tree", tree, "-p", on, "-m", message]);
  await gitIn(folder, ["update-ref", `refs/heads/${branch}`, commit]);
}

async function twoClones() {
  const { folder, root } = await lifeClone();
  const other = join(await temporaryFolder(), "other.git");
  await gitIn(folder, ["clone", "--quiet", "--mirror", `file://${folder}`, other]);
  return { folder, other, root };
}

describe("audit diff", () => {
  it("tells of both ledgers when both are forked", async () => {
    const { folder, other, root } = await twoClones();
    await replaceLast(other, "audit/decisions");
    await replaceLast(other, "audit/executions");
    const told = await runCommand(auditDiff, folder, other, "--root", root);
    expect([told.exitCode, told.stderr]).toEqual([1, ""]);
    expect(told.stdout).toContain("audit/decisions: FORKED after entry 6.");
    expect(told.stdout).toContain("audit/executions: FORKED after entry 2.");
  });

  it("tells of a fork in a clone that does not verify, and calls nothing else of it the same", async () => {
    const { folder, other, root } = await twoClones();
    await replaceLast(other, "audit/executions");
    const decisions = "audit/decisions";
    const fake = { parent: decisions, tree: "audit/executions^{tree}", message: "x" };
    await putOnTop(other, decisions, fake);
    const told = await runCommand(auditDiff, folder, other, "--root", root);
    expect(told.exitCode).toBe(1);
    expect(told.stderr).toMatch(
      /^\S+other\.git does not verify: \d findings in its ledgers\. See/u,
    );
    expect(told.stdout).toContain("audit/executions: FORKED after entry 2.");
    expect(told.stdout).not.toContain("audit/decisions:");
    const json = await runCommand(auditDiff, folder, other, "--root", root, "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({
      exitCode: 1,
      ledgers: [{ branch: "audit/executions", state: "forked" }],
    });
  });

  it("could not tell where a clone has no ledger at all", async () => {
    const { folder, other, root } = await twoClones();
    await gitIn(other, ["update-ref", "-d", "refs/heads/audit/decisions"]);
    await gitIn(other, ["update-ref", "-d", "refs/heads/audit/executions"]);
    const told = await runCommand(auditDiff, folder, other, "--root", root);
    expect([told.exitCode, told.stdout]).toEqual([2, ""]);
    expect(told.stderr).toContain("does not verify: The clone has no entries on audit/decisions.");
  });

  it("refuses misuse with what to write instead", async () => {
    const { rootDigest: root } = acmeKeys();
    const misuses: readonly (readonly [readonly string[], string])[] = [
      [[], "Name two clones"],
      [["a", "--root", root], "Name two clones"],
      [["a", "b", "c", "--root", root], "Name two clones"],
      [["a", "b"], "--root must be the hash of the first trust root"],
      [["a", "b", "--root", root.slice(0, -1)], "--root must be the hash of the first trust root"],
      [["a", "b", "--root", root, "--fix"], "--fix"],
    ];
    for (const [args, says] of misuses) {
      const refused = runCommand(auditDiff, ...args);
      await expect(refused).rejects.toThrow(StartRefused);
      await expect(refused).rejects.toThrow(says);
    }
  });
});
