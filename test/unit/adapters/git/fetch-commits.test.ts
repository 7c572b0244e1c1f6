import { join } from "node:path";
import { expect, it } from "vitest";
import { openMirror } from "../../../../src/adapters/git/git-mirror.ts";
import { bareRemote } from "../../../support/git/bare-remote.ts";
import { gitIn } from "../../../support/git/git-in.ts";
import { temporaryFolder } from "../../../support/git/temporary-folder.ts";

it("asks for nothing that is here, and keeps what it brought from every later fetch and from a collection", async () => {
  const remote = await bareRemote();
  const folder = join(await temporaryFolder(), "mirror.git");
  const mirror = await openMirror({ folder, remote: remote.folder, credential: null });
  const main = await remote.commit({ files: { a: "1" } });
  const old = await remote.commit({ parents: [main], files: { a: "2" } });
  await remote.setRef("refs/heads/main", main);
  await mirror.fetch();
  await mirror.fetchCommits([main, old]);
  await mirror.fetch();
  await gitIn(folder, ["gc", "--quiet", "--prune=now"]);
  expect(await mirror.has(old)).toBe(true);
  expect(await gitIn(folder, ["for-each-ref", "--format=%(refname)", "refs/countersign"])).toBe(
    `refs/countersign/heads/${old}`,
  );
});

it("gives up on a remote that refuses one after the other, and leaves those missing", async () => {
  const remote = await bareRemote();
  const folder = join(await temporaryFolder(), "mirror.git");
  const mirror = await openMirror({ folder, remote: remote.folder, credential: null });
  const nowhere = Array.from({ length: 60 }, (_, n) => n.toString(16).padStart(40, "d"));
  const known = await remote.commit({ files: { a: "1" } });
  await mirror.fetchCommits([...nowhere.slice(0, 5), known]);
  expect(await mirror.has(known)).toBe(true);
  const late = await remote.commit({ files: { a: "2" } });
  await mirror.fetchCommits([...nowhere, late]);
  expect(await mirror.has(late)).toBe(false);
});
