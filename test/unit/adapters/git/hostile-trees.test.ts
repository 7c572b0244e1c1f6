import { describe, expect, it } from "vitest";
import { openClone } from "../../../../src/adapters/git/git-mirror.ts";
import { MirrorObjectMissing } from "../../../../src/ports/mirror.ts";
import { bareRemote } from "../../../support/git/bare-remote.ts";
import { gitIn } from "../../../support/git/git-in.ts";

async function treeOf(folder: string, lines: readonly (readonly [string, string, string])[]) {
  const bytes = lines.flatMap(([mode, name, oid]) => [
    Buffer.from(`${mode} ${name}\0`),
    Buffer.from(oid, "hex"),
  ]);
  const args = ["hash-object", "-t", "tree", "-w", "--literally", "--stdin"];
  return gitIn(folder, args, Buffer.concat(bytes));
}

describe("trees that somebody made to confuse readers", () => {
  it("shows a mode as it is stored, in an entry, a list and a difference", async () => {
    const { folder } = await bareRemote();
    const blob = await gitIn(folder, ["hash-object", "-w", "--stdin"], "x");
    const tree = await treeOf(folder, [["100664", "x.yaml", blob]]);
    const commit = await gitIn(folder, ["commit-tree", tree, "-m", "odd"]);
    const usual = await treeOf(folder, [["100644", "x.yaml", blob]]);
    const before = await gitIn(folder, ["commit-tree", usual, "-m", "usual"]);
    const mirror = await openClone(folder);
    expect((await mirror.entry(commit, "x.yaml"))?.mode).toBe("100664");
    expect((await mirror.list(commit, ""))[0]?.mode).toBe("100664");
    expect((await mirror.changes(before, commit))[0]?.modeAfter).toBe("100664");
  });

  it("refuses a tree that names one file twice", async () => {
    const { folder } = await bareRemote();
    const good = await gitIn(folder, ["hash-object", "-w", "--stdin"], "good");
    const bad = await gitIn(folder, ["hash-object", "-w", "--stdin"], "bad");
    const tree = await treeOf(folder, [
      ["100644", "x.yaml", good],
      ["100644", "x.yaml", bad],
    ]);
    const commit = await gitIn(folder, ["commit-tree", tree, "-m", "twice"]);
    const mirror = await openClone(folder);
    await expect(mirror.entry(commit, "x.yaml")).rejects.toThrow(MirrorObjectMissing);
    await expect(mirror.list(commit, "")).rejects.toThrow(MirrorObjectMissing);
  });

  it("refuses a few bytes that unfold into more files than anybody can read", async () => {
    const { folder } = await bareRemote();
    let oid = await gitIn(folder, ["hash-object", "-w", "--stdin"], "x");
    let mode = "100644";
    for (let depth = 0; depth < 8; depth += 1) {
      const level = oid;
      const kind = mode;
      oid = await treeOf(
        folder,
        Array.from("0123456789", (name) => [kind, name, level] as const),
      );
      mode = "40000";
    }
    const commit = await gitIn(folder, ["commit-tree", oid, "-m", "bomb"]);
    const empty = await gitIn(folder, ["commit-tree", await treeOf(folder, []), "-m", "empty"]);
    const mirror = await openClone(folder);
    await expect(mirror.list(commit, "")).rejects.toThrow(/100000 files/);
    await expect(mirror.changes(empty, commit)).rejects.toThrow(/100000 files/);
    expect((await mirror.entry(commit, "0/1/2/3/4/5/6/7"))?.mode).toBe("100644");
  });
});
