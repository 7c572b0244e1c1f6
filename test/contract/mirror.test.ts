import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openMirror } from "../../src/adapters/git/git-mirror.ts";
import { memoryMirror } from "../../src/adapters/memory/memory-mirror.ts";
import { sandboxScene } from "../support/forge/sandbox-scene.ts";
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

it("brings the head before a force-push from the sandbox over HTTP, beside one that nobody has", async () => {
  const scene = await sandboxScene();
  onTestFinished(() => scene.stop());
  const { number, head } = await scene.openPull("alice/lost", "access-requests/lost.yaml");
  await scene.forcePush(number);
  const mirror = await openMirror({
    folder: join(await temporaryFolder(), "mirror.git"),
    remote: `${scene.sandbox.serverUrl}/acme/access.git`,
    credential: () => scene.app.installationToken(),
  });
  await mirror.fetch();
  expect(await mirror.has(head)).toBe(false);
  const nowhere = "1".repeat(40);
  await mirror.fetchCommits([nowhere, head]);
  expect([await mirror.has(head), await mirror.has(nowhere)]).toEqual([true, false]);
});
