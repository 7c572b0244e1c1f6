import { createHash } from "node:crypto";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openLedgerStore } from "../../src/adapters/git/git-ledger-store.ts";
import {
  memoryLedgerRemote,
  memoryLedgerStore,
} from "../../src/adapters/memory/memory-ledger-store.ts";
import type { MemoryLedgerDisk } from "../../src/adapters/memory/memory-ledger-store.ts";
import type { LedgerBranch } from "../../src/core/model/entry.ts";
import type { StoredEntry } from "../../src/ports/ledger-store.ts";
import { bareRemote } from "../support/git/bare-remote.ts";
import { temporaryFolder } from "../support/git/temporary-folder.ts";
import { ledgerStoreContract } from "./ledger-store.contract.ts";

ledgerStoreContract("in memory", () => {
  const remote = memoryLedgerRemote();
  const disks = new Map<string, MemoryLedgerDisk>();
  const planted = new Map<string, StoredEntry>();
  /** Every commit that was ever on the remote or planted, from the root to `oid`. */
  const historyOf = (oid: string | null): readonly StoredEntry[] => {
    const known = [...remote.commits("audit/decisions"), ...planted.values()];
    const commit = known.find((candidate) => candidate.commit === oid);
    return commit === undefined ? [] : [...historyOf(commit.parents[0] ?? null), commit];
  };
  return Promise.resolve({
    open: (disk) => {
      const remembered = disks.get(disk) ?? new Map<LedgerBranch, readonly StoredEntry[]>();
      disks.set(disk, remembered);
      return Promise.resolve(memoryLedgerStore(remote, remembered));
    },
    setBranch: (branch, oid) => soon(() => remote.forcePush(branch, historyOf(oid))),
    plant: (parent, { path, mode, content }) => {
      const shape = path === "entry.dsse.json" && mode === "100644";
      const commit = createHash("sha1")
        .update(`planted ${String(parent)}`)
        .digest("hex");
      const parents = parent === null ? [] : [parent];
      const bytes = shape ? content : null;
      planted.set(commit, { commit, parents, message: "planted", bytes });
      return Promise.resolve(commit);
    },
    loseNextAnswer: () => soon(() => remote.loseNextAnswer()),
    goOffline: () => soon(() => remote.goOffline()),
    goOnline: () => soon(() => remote.goOnline()),
  });
});

ledgerStoreContract("on git", async () => {
  const remote = await bareRemote();
  const folders = await temporaryFolder();
  const hook = join(remote.folder, "hooks", "post-receive");
  return {
    open: (disk) =>
      openLedgerStore({
        folder: join(folders, disk),
        remote: remote.folder,
        credential: null,
        identity: { name: "Countersign", email: "gate@example.com" },
        timeoutSeconds: 5,
      }),
    setBranch: (branch, oid) => remote.setRef(`refs/heads/${branch}`, oid),
    plant: (parent, { path, mode, content }) =>
      remote.commit({
        parents: parent === null ? [] : [parent],
        files: { "entry.dsse.json": null, [path]: { mode, content } },
      }),
    // The ref is set by then; killing the server's side is how a broken line looks to the pusher.
    loseNextAnswer: async () => {
      await mkdir(join(remote.folder, "hooks"), { recursive: true });
      await writeFile(hook, `#!/bin/sh\nrm -f "${hook}"\nkill -9 $PPID\n`);
      await chmod(hook, 0o755);
    },
    goOffline: () => remote.goOffline(),
    goOnline: () => remote.goOnline(),
  };
});

function soon(act: () => void): Promise<void> {
  return Promise.resolve().then(act);
}
