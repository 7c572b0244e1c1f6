import { describe, expect, it } from "vitest";
import type { ListedDrift } from "../../../../src/audit/list-drift.ts";
import type { ListedGrant } from "../../../../src/audit/list-grants.ts";
import { grants } from "../../../../src/bin/commands/grants.ts";
import { acmeKeys } from "../../../support/ledger/acme-keys.ts";
import { lifeClone } from "../../../support/ledger/life-clone.ts";
import { runCommand } from "../../../support/run-command.ts";

const request = "2026-11-21-alice-settlement";

interface Answer {
  readonly at: string;
  readonly grants: readonly ListedGrant[];
  readonly drift: readonly ListedDrift[];
}

describe("grants", () => {
  it("lists what is in effect, at any instant until now, from a clone alone", async () => {
    const { folder, root } = await lifeClone();
    const run = (...args: readonly string[]) =>
      runCommand(grants, "--repo", folder, "--root", root, ...args);
    const answer = async (...args: readonly string[]) =>
      JSON.parse((await run(...args, "--json")).stdout) as Answer;

    const now = await run();
    expect(now).toEqual({
      exitCode: 0,
      stdout: "Nothing is in effect, and no review is due.\n",
      stderr: "",
    });
    expect((await answer("--all")).grants).toMatchObject([{ request, pull: 7, state: "ended" }]);

    const [ended] = (await answer("--all")).grants;
    const during = new Date(Date.parse(ended?.expiresAt ?? "") - 1_800_000).toISOString();
    const then = await run("--at", during);
    expect(then.exitCode).toBe(0);
    expect(then.stdout).toMatch(
      new RegExp(
        `^As of ${during}, by the times of the entries:\n\nSTATE .*\nactive  alice  readwrite  payments-db  .*  30 min  ${request}  #7\n$`,
        "u",
      ),
    );
    expect(await answer("--at", during)).toMatchObject({
      at: during,
      grants: [{ request, state: "active", open: "yes", overdue: "no" }],
    });
    expect((await run("--at", "2020-01-01T00:00:00Z", "--all")).stdout).toContain(
      "Nothing was ever asked for.",
    );
    expect((await run("--failed")).stdout).toBe("No revoke is failing.\n");
    expect((await run("--drift")).stdout).toMatch(/^No target was found/u);
    expect((await answer("--drift")).drift).toEqual([]);
  });

  it("says 1 for what is overdue, whatever is shown, and folds the table into a narrow terminal", async () => {
    const { folder, root } = await lifeClone({ until: "granted" });
    const args = ["--repo", folder, "--root", root, "--now", "2026-11-23T00:00:00Z"];
    for (const shown of [[], ["--all"], ["--failed"], ["--drift"]]) {
      expect((await runCommand(grants, ...args, ...shown)).exitCode).toBe(1);
    }
    let stdout = "";
    await grants(args, {
      stdout: (text) => void (stdout += text),
      stderr: () => undefined,
      columns: 40,
    });
    expect(stdout).toContain("OVERDUE");
    expect(stdout).toContain(request);
    expect(Math.max(...stdout.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(40);
  });

  it("refuses an instant to come, two lists at once, and what it does not know; could not tell what does not verify", async () => {
    const { folder, root } = await lifeClone({ until: "decided" });
    const clone = ["--repo", folder, "--root", root];
    const at = ["--at", "2026-11-21T12:00:00Z"];
    for (const [args, words] of [
      [[...clone, ...at, "--now", "2026-11-21T11:59:59Z"], "--at lies in the future"],
      [[...clone, "--at", "noon"], "--at must be an instant in UTC"],
      [[...clone, "--failed", "--drift"], "write one"],
      [[...clone, "--nonsense"], "nonsense"],
      [[...clone, "more"], "more"],
      [["--repo", folder], "--root must be the hash"],
    ] as const) {
      const refused = await runCommand(grants, ...args);
      expect([refused.exitCode, refused.stdout]).toEqual([3, ""]);
      expect(refused.stderr).toContain(words);
      expect(refused.stderr).toContain("Usage: countersign grants");
    }
    const same = await runCommand(grants, ...clone, ...at, "--now", "2026-11-21T12:00:00Z");
    expect(same.exitCode).toBe(0);
    const other = runCommand(grants, "--repo", folder, "--root", acmeKeys().rootDigest);
    await expect(other).rejects.toThrow("does not verify");
  });
});
