import { join } from "node:path";
import { openMirror } from "../../src/adapters/git/git-mirror.ts";
import { memoryMirror } from "../../src/adapters/memory/memory-mirror.ts";
import { bareRemote } from "../support/git/bare-remote.ts";
import { temporaryFolder } from "../support/git/temporary-folder.ts";
import { mirrorContract } from "./mirror.contract.ts";

mirrorContract("in memory", () => {
  const memory = memoryMirror();
  return Promise.resolve({
    mirror: memory,
    commit: (draft) => Promise.resolve(memory.commit(draft)),
    setBranch: (name, oid) => soon(() => memory.setBranch(name, oid)),
    setPull: (number, oid) => soon(() => memory.setPull(number, oid)),
    goOffline: () => soon(() => memory.goOffline()),
    goOnline: () => soon(() => memory.goOnline()),
  });
});

mirrorContract("on git", async () => {
  const remote = await bareRemote();
  const folder = join(await temporaryFolder(), "mirror.git");
  return {
    mirror: await openMirror({ folder, remote: remote.folder, credential: null }),
    commit: (draft) => remote.commit(draft),
    setBranch: (name, oid) => remote.setRef(`refs/heads/${name}`, oid),
    setPull: (number, oid) => remote.setRef(`refs/pull/${number}/head`, oid),
    goOffline: () => remote.goOffline(),
    goOnline: () => remote.goOnline(),
  };
});

function soon(act: () => void): Promise<void> {
  return Promise.resolve().then(act);
}
