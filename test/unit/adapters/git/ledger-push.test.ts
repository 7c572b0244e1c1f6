import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { GitClient } from "../../../../src/adapters/git/git-client.ts";
import { openLedgerStore } from "../../../../src/adapters/git/git-ledger-store.ts";
import { pushLedger } from "../../../../src/adapters/git/ledger-push.ts";
import {
  LedgerMoved,
  LedgerRefused,
  LedgerUnreachable,
} from "../../../../src/ports/ledger-store.ts";
import { bareRemote } from "../../../support/git/bare-remote.ts";
import { temporaryFolder } from "../../../support/git/temporary-folder.ts";

const oid = "d".repeat(40);

/** Pushes through a git that answers as told. */
function pushAnswered(code: number, stdout: string, stderr = ""): Promise<void> {
  const client: GitClient = {
    gitDir: "/nowhere",
    environment: {},
    run: () => Promise.reject(new Error("not asked")),
    online: () => Promise.resolve({ code, stdout: Buffer.from(stdout), stderr }),
  };
  const remote = { url: "/nowhere", credential: null };
  return pushLedger(client, remote, "audit/decisions", null, oid, 1);
}

const refused = (reason: string) =>
  `To /nowhere\n!\t${oid}:refs/heads/audit/decisions\t${reason}\nDone\n`;

describe("pushLedger", () => {
  it.each([
    "[rejected] (fetch first)",
    "[rejected] (non-fast-forward)",
    "[rejected] (stale info)",
    "[remote rejected] (cannot lock ref 'refs/heads/audit/decisions': is at 1 but expected 2)",
    "[remote rejected] (failed to update ref)",
    "[remote rejected] (reference already exists)",
  ])("takes %s for another writer who was faster", async (reason) => {
    await expect(pushAnswered(1, refused(reason))).rejects.toThrow(LedgerMoved);
  });

  it.each([
    [refused("[remote rejected] (pre-receive hook declined)"), "remote: (fetch first)"],
    [refused("[remote rejected] (protected branch hook declined)"), ""],
    [refused("[remote rejected] (push declined due to repository rule violations)"), ""],
    [
      refused("[remote rejected] (declined)"),
      "remote: error: GH013: Repository rule violations found for refs/heads/audit/decisions.",
    ],
  ])("takes %j with %j for a rule of the remote, and says what to change", async (stdout, said) => {
    const push = pushAnswered(1, stdout, said);
    await expect(push).rejects.toThrow(LedgerRefused);
    await expect(push).rejects.toThrow(/Name this App, and no other, as the one that bypasses/);
    if (said !== "") await expect(push).rejects.toThrow(said);
  });

  it("quotes no more than a few lines of what a hook prints", async () => {
    const stdout = refused("[remote rejected] (pre-receive hook declined)");
    const push = pushAnswered(1, stdout, `remote: ${"x".repeat(100_000)}`);
    await expect(push).rejects.toSatisfy(({ message }: Error) => message.length < 1_200);
  });

  it.each([
    [1, refused("[remote rejected] (Internal Server Error)"), ""],
    [1, refused("[remote rejected] (declined)"), "remote: said: error: GH013: quoted"],
    [1, refused("[rejected] (unheard of)"), "remote: error: GH013: quoted"],
    [1, "", "remote: error: GH013: without an answer about the ref"],
    [128, "", "fatal: could not read from remote: cannot lock ref"],
    [1, "", ""],
    [-1, "", ""],
  ])("takes exit %i with %j for an unknown outcome", async (code, stdout, stderr) => {
    await expect(pushAnswered(code, stdout, stderr)).rejects.toThrow(LedgerUnreachable);
  });

  it("is content with exit 0 alone", async () => {
    await expect(pushAnswered(0, "")).resolves.toBeUndefined();
  });
});

describe("a remote whose rules refuse the push", () => {
  it("makes append throw LedgerRefused with the reason, and nothing is remembered", async () => {
    const remote = await bareRemote();
    const hook = join(remote.folder, "hooks", "pre-receive");
    await mkdir(join(remote.folder, "hooks"), { recursive: true });
    await writeFile(hook, "#!/bin/sh\necho refused >&2\nexit 1\n");
    await chmod(hook, 0o755);
    const identity = { name: "Gate", email: "gate@example.com" };
    const folder = join(await temporaryFolder(), "ledger");
    const settings = { folder, remote: remote.folder, credential: null, identity };
    const store = await openLedgerStore(settings);
    const append = store.append("audit/decisions", null, [{ bytes: "{}", message: "a" }]);
    await expect(append).rejects.toThrow(LedgerRefused);
    await expect(append).rejects.toThrow(/pre-receive hook declined/);
    expect(await store.read("audit/decisions", null)).toEqual([]);
  });

  it("is not asked at all by a writer whose name could forge a commit header", async () => {
    const remote = await bareRemote();
    const folder = join(await temporaryFolder(), "ledger");
    const identity = { name: "Gate> 0 +0000\nfrom x", email: "gate@example.com" };
    const settings = { folder, remote: remote.folder, credential: null, identity };
    const append = openLedgerStore(settings).then((store) =>
      store.append("audit/decisions", null, [{ bytes: "{}", message: "a" }]),
    );
    await expect(append).rejects.toThrow(RangeError);
  });
});
