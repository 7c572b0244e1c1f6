import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it, onTestFinished } from "vitest";
import { createForgeKey } from "../../src/sandbox/signing/forge-key.ts";

const run = promisify(execFile);

/** Verifies with GnuPG in a folder of its own, and returns what it said for machines. */
async function verify(publicKey: string, bytes: string, signature: string): Promise<string> {
  // Short, because GnuPG keeps sockets in it.
  const home = await mkdtemp(join(tmpdir(), "gpg-"));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const file = async (name: string, content: string): Promise<string> => {
    await writeFile(join(home, name), content);
    return join(home, name);
  };
  const gpg = ["--homedir", home, "--batch", "--no-autostart", "--status-fd", "1"];
  await run("gpg", [...gpg, "--import", await file("key.asc", publicKey)]);
  const files = [await file("bytes.asc", signature), await file("bytes", bytes)];
  return run("gpg", [...gpg, "--verify", ...files]).then(
    ({ stdout }) => stdout,
    (error: unknown) => (error as { readonly stdout: string }).stdout,
  );
}

it("GnuPG takes the sandbox's key and signature, and refuses other bytes", async () => {
  const key = createForgeKey(new Date("2026-11-01T00:00:00Z"));
  const signature = key.sign(Buffer.from("a commit"), new Date("2026-11-21T10:00:00Z"));
  const good = await verify(key.armored, "a commit", signature);
  expect(good).toContain(`VALIDSIG ${key.fingerprint} 2026-11-21`);
  expect(await verify(key.armored, "another", signature)).toContain("BADSIG");
});
