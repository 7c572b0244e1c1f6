import { open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { encodeProof } from "../../../../src/audit/request-proof.ts";
import type { RequestProof } from "../../../../src/audit/request-proof.ts";
import { auditCheckProof } from "../../../../src/bin/commands/audit-check-proof.ts";
import { StartRefused } from "../../../../src/bin/start-refused.ts";
import { temporaryFolder } from "../../../support/git/temporary-folder.ts";
import { acmeKeys } from "../../../support/ledger/acme-keys.ts";
import { bundledLife, bundledRequest } from "../../../support/ledger/bundled-life.ts";
import type { BundledLife } from "../../../support/ledger/bundled-life.ts";
import { runCommand } from "../../../support/run-command.ts";

let given: BundledLife;
beforeAll(async () => {
  given = await bundledLife();
});

/** Writes a file and checks it. */
async function checked(content: string | Uint8Array, ...args: readonly string[]) {
  const file = join(await temporaryFolder(), "proof.json");
  await writeFile(file, content);
  return runCommand(auditCheckProof, file, "--root", given.root, ...args);
}

function changed(change: Partial<RequestProof>): string {
  return encodeProof({ ...given.proof, ...change });
}

describe("audit check-proof", () => {
  it("says the same to machines, with the exit code", async () => {
    const good = await checked(changed({}), "--json");
    expect(JSON.parse(good.stdout)).toMatchObject({ request: bundledRequest, exitCode: 0 });
    expect([good.exitCode, good.stderr]).toEqual([0, ""]);
    const merged = await checked(changed({ merge: null }), "--json");
    const told = JSON.parse(merged.stdout) as { exitCode: number; lines: { status: string }[] };
    expect([merged.exitCode, told.exitCode]).toEqual([1, 1]);
    expect(told.lines.filter(({ status }) => status === "failed")).toEqual([
      {
        status: "failed",
        says: "It leaves out the merge, or the decision that the merge rests on.",
      },
    ]);
  });

  it("says at the end that nothing may be believed when one line fails", async () => {
    const { exitCode, stdout } = await checked(changed({ merge: null }));
    expect(exitCode).toBe(1);
    expect(stdout).toContain("FAILED      It leaves out the merge");
    expect(stdout).toMatch(/\n\nNOT PROVED: believe nothing of this bundle\.\n$/u);
  });

  it("writes no text of a bundle to the terminal that could pass for a line of its own", async () => {
    const hostile = "x\u001b[2J\nproved      all of it \u202e\u009b1A";
    const { exitCode, stdout } = await checked(changed({ request: hostile }));
    expect(exitCode).toBe(1);
    expect(stdout).not.toMatch(/[^\P{C}\n]/u);
    expect(stdout).not.toMatch(/^proved/mu);
    const format = JSON.stringify({ format: hostile });
    await expect(checked(format)).rejects.toThrow(/^[^\p{C}]*this version reads [^\p{C}]*$/u);
  });
});

describe("a file that audit check-proof does not read", () => {
  it.each<readonly [string, () => string | Uint8Array, string]>([
    ["is empty", () => "", "is no bundle: At offset 0"],
    ["was cut off", () => changed({}).slice(0, -100), "It is cut off, or was changed"],
    ["was damaged", () => changed({}).replace("alice", "bob"), "It was damaged or changed"],
    ["has a byte order mark", () => `\ufeff${changed({})}`, "is no bundle: At offset 0"],
    ["is of another version", () => '{"format":"v2"}', 'Its format is "v2"; this version reads'],
    ["is no text", () => new Uint8Array([0xff, 0xfe]), "is no bundle: it is not UTF-8. Name the"],
  ])("%s", async (_, content, says) => {
    const refused = checked(content());
    await expect(refused).rejects.toThrow(says);
    await expect(refused).rejects.not.toThrow(StartRefused);
  });

  it("is larger than any bundle", async () => {
    const file = join(await temporaryFolder(), "large.json");
    const handle = await open(file, "w");
    await handle.truncate(256 * 1024 * 1024 + 1);
    await handle.close();
    await expect(runCommand(auditCheckProof, file, "--root", given.root)).rejects.toThrow(
      "is larger than any bundle of one request. Name the file that",
    );
  });

  it("is not there, or is a folder", async () => {
    const folder = await temporaryFolder();
    for (const path of [folder, join(folder, "nothing.json")]) {
      await expect(runCommand(auditCheckProof, path, "--root", given.root)).rejects.toThrow(
        /could not be read: .*\. Name the file that `countersign audit prove` wrote\.$/u,
      );
    }
  });
});

describe("misuse of audit check-proof", () => {
  it("is refused with what to write instead", async () => {
    const { rootDigest: root } = acmeKeys();
    const misuses: readonly (readonly [readonly string[], string])[] = [
      [["--root", root], "Name one bundle"],
      [["a", "b", "--root", root], "Name one bundle"],
      [["a"], "--root must be the hash of the first trust root"],
      [["a", "--root", root.toUpperCase()], "--root must be the hash of the first trust root"],
      [["a", "--root", root, "--repo", "."], "--repo"],
    ];
    for (const [args, says] of misuses) {
      const refused = runCommand(auditCheckProof, ...args);
      await expect(refused).rejects.toThrow(StartRefused);
      await expect(refused).rejects.toThrow(says);
    }
  });
});
