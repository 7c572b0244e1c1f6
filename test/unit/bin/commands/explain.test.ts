import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { explain } from "../../../../src/bin/commands/explain.ts";
import { StartRefused } from "../../../../src/bin/start-refused.ts";
import type { Decision } from "../../../../src/core/model/decision.ts";
import { temporaryFolder } from "../../../support/git/temporary-folder.ts";
import { acmeKeys } from "../../../support/ledger/acme-keys.ts";
import { decidedClone } from "../../../support/ledger/decided-clone.ts";
import type { Recorded } from "../../../support/ledger/decided-clone.ts";
import { buildSnapshot } from "../../../support/snapshot/build-snapshot.ts";
import type { Given } from "../../../support/snapshot/build-snapshot.ts";

const approved: Given = { reviews: [{ by: "bob" }, { by: "carol" }] };
const recorded: readonly Recorded[] = [
  { pull: 7, at: "2026-11-21T11:00:00.000Z", given: { reviews: [{ by: "bob" }] } },
  { pull: 7, at: "2026-11-21T12:00:00.000Z", given: approved },
  { pull: 8, at: "2026-11-21T13:00:00.000Z", given: {} },
];

async function run(...args: readonly string[]) {
  let stdout = "";
  const io = { stdout: (text: string) => void (stdout += text), stderr: () => undefined };
  return { exitCode: await explain(args, io), stdout };
}

async function snapshotFile(given: Given): Promise<string> {
  const file = join(await temporaryFolder(), "snapshot.json");
  await writeFile(file, JSON.stringify(buildSnapshot(given)));
  return file;
}

describe("explain a pull request", () => {
  it("tells the newest decision on record, and where it is", async () => {
    const { folder, root } = await decidedClone(recorded);
    const yes = await run("7", "--repo", folder, "--root", root);
    expect(yes.exitCode).toBe(0);
    expect(yes.stdout).toMatch(/^APPROVED: request #7 2026-11-21-alice-settlement\n/u);
    expect(yes.stdout).toContain("Decided at 2026-11-21T12:00:00.000Z, audit/decisions entry 2.");

    const no = await run("#8", "--repo", folder, "--root", root, "--json");
    expect(no.exitCode).toBe(1);
    const { decision, entry } = JSON.parse(no.stdout) as { decision: Decision; entry: number };
    expect([decision.pull, decision.verdict, entry]).toEqual([8, "pending", 3]);
  });

  it("tells what it would be at another instant, which is not on record", async () => {
    const { folder, root } = await decidedClone(recorded);
    const args = ["7", "--repo", folder, "--root", root, "--at", "2026-11-23T12:00:00Z"];
    const { exitCode, stdout } = await run(...args);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("SOD-EXPIRED");
    expect(stdout).toContain("Decided at 2026-11-23T12:00:00.000Z, not recorded.");
  });

  it("could not tell without a decision, and from a clone that does not verify", async () => {
    const { folder, root } = await decidedClone(recorded);
    await expect(run("9", "--repo", folder, "--root", root)).rejects.toThrow(
      /holds no decision on #9/u,
    );
    const { rootDigest } = acmeKeys();
    const other = run("7", "--repo", folder, "--root", rootDigest);
    await expect(other).rejects.toThrow(/does not verify/u);
    await expect(other).rejects.not.toThrow(StartRefused);
    const empty = await temporaryFolder();
    await expect(run("7", "--repo", empty, "--root", root)).rejects.toThrow(/not the top folder/u);
  });
});

describe("explain a snapshot", () => {
  it("decides it at the instant that it is given", async () => {
    const file = await snapshotFile(approved);
    const early = await run(file, "--at", "2026-11-21T12:00:00Z");
    expect(early.exitCode).toBe(0);
    expect(early.stdout).toContain("Approved by bob (approver), carol (control).");
    const late = await run(file, "--at", "2026-11-23T12:00:00Z", "--json");
    expect(late.exitCode).toBe(1);
    expect(JSON.parse(late.stdout)).toMatchObject({
      decision: { verdict: "pending" },
      entry: null,
    });
  });

  it("asks for the instant", async () => {
    const file = await snapshotFile({});
    await expect(run(file)).rejects.toThrow(StartRefused);
    await expect(run(file)).rejects.toThrow("write --at");
  });
});

it.each([
  [[], "Name one pull request"],
  [["7", "8"], "Name one pull request"],
  [["7"], "--root must be the hash"],
  [["7", "--at", "noon"], "instant in UTC"],
  [["0", "--at", "2026-11-21T12:00:00Z"], "0 cannot be read"],
  [["--nonsense"], "nonsense"],
])("refuses %j", async (args, words) => {
  await expect(run(...args)).rejects.toThrow(StartRefused);
  await expect(run(...args)).rejects.toThrow(words);
});
