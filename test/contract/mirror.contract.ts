import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { MirrorObjectMissing, MirrorUnreachable } from "../../src/ports/mirror.ts";
import type { Mirror } from "../../src/ports/mirror.ts";
import type { CommitDraft } from "../support/git/bare-remote.ts";

/** A mirror together with the remote that a test builds. */
export interface MirrorHarness {
  readonly mirror: Mirror;
  commit(draft: CommitDraft): Promise<string>;
  setBranch(name: string, oid: string | null): Promise<void>;
  setPull(number: number, oid: string): Promise<void>;
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
}

const nowhere = "1".repeat(40);

/** What every mirror promises, whatever it is made of. */
export function mirrorContract(name: string, open: () => Promise<MirrorHarness>): void {
  describe(`mirror: ${name}`, () => {
    describe("what moves", () => {
      it("has no tip of a branch that was never born, nor of one that git could not have", async () => {
        const { mirror } = await open();
        await mirror.fetch();
        for (const branch of ["main", "", "-x", "../main", "a b", "main^{tree}", "*", "main\n"]) {
          expect(await mirror.tip(branch)).toBeNull();
        }
      });

      it("shows a branch as of the last fetch, moved, forced back and deleted", async () => {
        const h = await open();
        const one = await h.commit({ files: { a: "1" } });
        const two = await h.commit({ parents: [one], files: { a: "2" } });
        await h.setBranch("main", two);
        expect(await h.mirror.tip("main")).toBeNull();
        await h.mirror.fetch();
        expect(await h.mirror.tip("main")).toBe(two);
        await h.setBranch("main", one);
        expect(await h.mirror.tip("main")).toBe(two);
        await h.mirror.fetch();
        expect(await h.mirror.tip("main")).toBe(one);
        expect(await h.mirror.has(two)).toBe(true);
        await h.setBranch("main", null);
        await h.mirror.fetch();
        expect(await h.mirror.tip("main")).toBeNull();
      });

      it("keeps branches apart whose names begin alike", async () => {
        const h = await open();
        const one = await h.commit({ files: { a: "1" } });
        await h.setBranch("main/old", one);
        await h.mirror.fetch();
        expect(await h.mirror.tip("main")).toBeNull();
        expect(await h.mirror.tip("main/old")).toBe(one);
      });

      it("brings PR heads, and keeps the one that a force-push took away", async () => {
        const h = await open();
        const first = await h.commit({ files: { a: "1" } });
        const second = await h.commit({ files: { a: "2" } });
        await h.setPull(7, first);
        await h.mirror.fetch();
        expect(await h.mirror.has(second)).toBe(false);
        await h.setPull(7, second);
        await h.mirror.fetch();
        expect([await h.mirror.has(first), await h.mirror.has(second)]).toEqual([true, true]);
      });

      it("throws MirrorUnreachable while the remote is away and recovers", async () => {
        const h = await open();
        const one = await h.commit({ files: { a: "1" } });
        await h.setBranch("main", one);
        await h.goOffline();
        await expect(h.mirror.fetch()).rejects.toThrow(MirrorUnreachable);
        expect(await h.mirror.tip("main")).toBeNull();
        await h.goOnline();
        await h.mirror.fetch();
        expect(await h.mirror.tip("main")).toBe(one);
      });

      it("bears many fetches at once, each seeing what was there when it was asked", async () => {
        const h = await open();
        await h.setBranch("main", await h.commit({ files: { a: "1" } }));
        const early = [h.mirror.fetch(), h.mirror.fetch(), h.mirror.fetch()];
        await early[0];
        const newer = await h.commit({ files: { a: "2" } });
        await h.setBranch("main", newer);
        await h.mirror.fetch();
        expect(await h.mirror.tip("main")).toBe(newer);
        await Promise.all(early);
      });
    });

    describe("commits that no branch holds", () => {
      it("brings them with their history, and says nothing of those that nobody has", async () => {
        const h = await open();
        const root = await h.commit({ files: { a: "1" } });
        const parent = await h.commit({ parents: [root], files: { a: "2" } });
        const old = await h.commit({ parents: [parent], files: { a: "3" } });
        const other = await h.commit({ files: { b: "1" } });
        await fetched(h, root);
        expect(await h.mirror.has(old)).toBe(false);
        await h.mirror.fetchCommits([nowhere, old, "main", root, old, "2".repeat(40), other, ""]);
        expect(await h.mirror.commitsBetween(root, old)).toEqual([
          { oid: parent, parents: [root] },
          { oid: old, parents: [parent] },
        ]);
        const entry = await h.mirror.entry(old, "a");
        expect(text(await h.mirror.blob(entry?.oid ?? ""))).toBe("3");
        expect([await h.mirror.has(other), await h.mirror.has(nowhere)]).toEqual([true, false]);
        expect(await h.mirror.tip("main")).toBe(root);
      });

      it("throws MirrorUnreachable while the remote is away, unless it need not be asked", async () => {
        const h = await open();
        const known = await h.commit({ files: { a: "1" } });
        const old = await h.commit({ files: { a: "2" } });
        await fetched(h, known);
        await h.goOffline();
        await h.mirror.fetchCommits([]);
        await h.mirror.fetchCommits([known, "main"]);
        await expect(h.mirror.fetchCommits([known, old])).rejects.toThrow(MirrorUnreachable);
        expect(await h.mirror.has(old)).toBe(false);
        await h.goOnline();
        await h.mirror.fetchCommits([old]);
        await h.goOffline();
        await h.mirror.fetchCommits([old]);
        expect(await h.mirror.has(old)).toBe(true);
      });

      it("bears many at once", async () => {
        const h = await open();
        const one = await h.commit({ files: { a: "1" } });
        const two = await h.commit({ files: { a: "2" } });
        const lists = [[one, two], [two, one], [two], [one, nowhere]];
        await Promise.all(lists.map((oids) => h.mirror.fetchCommits(oids)));
        expect([await h.mirror.has(one), await h.mirror.has(two)]).toEqual([true, true]);
      });
    });

    describe("trees", () => {
      it("tells added, modified, removed and type-changed; a rename is a removal and an addition", async () => {
        const h = await open();
        const from = await h.commit({
          files: {
            edited: "1",
            "old/name": "same",
            gone: "x",
            kind: "plain",
            bit: "#!",
            same: "s",
          },
        });
        const to = await h.commit({
          parents: [from],
          files: {
            edited: "2",
            "old/name": null,
            "new/name": "same",
            gone: null,
            kind: { mode: "120000", content: "same" },
            bit: { mode: "100755", content: "#!" },
          },
        });
        await fetched(h, to);
        const changes = await h.mirror.changes(from, to);
        expect(changes.map((c) => [c.path, c.status, c.modeBefore, c.modeAfter])).toEqual([
          ["bit", "modified", "100644", "100755"],
          ["edited", "modified", "100644", "100644"],
          ["gone", "removed", "100644", "000000"],
          ["kind", "type-changed", "100644", "120000"],
          ["new/name", "added", "000000", "100644"],
          ["old/name", "removed", "100644", "000000"],
        ]);
        expect(changes.find(({ path }) => path === "gone")?.oidAfter).toBeNull();
        expect(changes.find(({ path }) => path === "new/name")?.oidBefore).toBeNull();
        expect(changes.find(({ path }) => path === "edited")?.oidAfter).toBe(
          (await h.mirror.entry(to, "edited"))?.oid,
        );
        expect(await h.mirror.changes(to, to)).toEqual([]);
      });

      it("compares a file that became a folder, and back, file by file", async () => {
        const h = await open();
        const file = await h.commit({ files: { a: "1" } });
        const folder = await h.commit({ parents: [file], files: { a: null, "a/b/c": "2" } });
        await fetched(h, folder);
        const shape = async (from: string, to: string) =>
          (await h.mirror.changes(from, to)).map(({ path, status }) => [path, status]);
        expect(await shape(file, folder)).toEqual([
          ["a", "removed"],
          ["a/b/c", "added"],
        ]);
        expect(await shape(folder, file)).toEqual([
          ["a", "added"],
          ["a/b/c", "removed"],
        ]);
      });

      it("keeps paths that are not UTF-8 apart, as text that equals no other path", async () => {
        const h = await open();
        const commit = await h.commit({
          files: { "r/\udcff": "1", "r/\udcfe": "2", "r/ä€😀": "3" },
        });
        await fetched(h, commit);
        const listed = await h.mirror.list(commit, "r");
        expect(listed.map(({ path }) => path).sort()).toEqual(
          ["r/\udcfe", "r/\udcff", "r/ä€😀"].sort(),
        );
        const entry = await h.mirror.entry(commit, "r/\udcfe");
        expect(text(await h.mirror.blob(entry?.oid ?? ""))).toBe("2");
        expect(await h.mirror.entry(commit, "r/\ufffd")).toBeNull();
      });

      it("finds an entry by its literal path alone, whatever it is", async () => {
        const h = await open();
        const commit = await h.commit({
          files: {
            "access-requests/db/x.yaml": "x",
            ":(top)odd*": "y",
            link: { mode: "120000", content: "access-requests/db/x.yaml" },
          },
        });
        await fetched(h, commit);
        const mode = async (path: string) => (await h.mirror.entry(commit, path))?.mode ?? null;
        expect(await mode("access-requests/db/x.yaml")).toBe("100644");
        expect(await mode("link")).toBe("120000");
        expect(await mode("access-requests/db")).toBe("040000");
        expect(await mode(":(top)odd*")).toBe("100644");
        for (const path of ["", "/", "nothing", "link/x", "access-requests/*", "Link", "./link"]) {
          expect(await mode(path)).toBeNull();
        }
      });

      it("lists the files below a folder and not those beside it", async () => {
        const h = await open();
        const files = { "b/2": "", "b/1/x": "", "bb/3": "", b0: "", "c/4": "" };
        const commit = await h.commit({ files });
        await fetched(h, commit);
        const paths = async (folder: string) =>
          (await h.mirror.list(commit, folder)).map(({ path }) => path);
        expect(await paths("b")).toEqual(["b/1/x", "b/2"]);
        expect(await paths("b/")).toEqual(["b/1/x", "b/2"]);
        expect(await paths("")).toEqual(["b/1/x", "b/2", "b0", "bb/3", "c/4"]);
        expect(await paths("nothing")).toEqual([]);
        expect(await paths("b0")).toEqual([]);
      });

      it("gives a blob byte for byte, also an empty one and a large one", async () => {
        const h = await open();
        const large = "0123456789\n".repeat(30_000);
        const commit = await h.commit({ files: { empty: "", large, odd: "a\0b\r\n" } });
        await fetched(h, commit);
        const read = async (path: string) =>
          text(await h.mirror.blob((await h.mirror.entry(commit, path))?.oid ?? ""));
        expect(await Promise.all(["empty", "odd", "large"].map(read))).toEqual([
          "",
          "a\0b\r\n",
          large,
        ]);
      });
    });

    describe("history", () => {
      it("answers who descends from whom around a merge", async () => {
        const h = await open();
        const root = await h.commit({ files: { a: "1" } });
        const left = await h.commit({ parents: [root], files: { b: "1" } });
        const right = await h.commit({ parents: [root], files: { c: "1" } });
        const merge = await h.commit({ parents: [left, right], files: { c: "1" } });
        const stranger = await h.commit({ files: { z: "1" } });
        await h.setBranch("other", stranger);
        await fetched(h, merge);
        const { mirror } = h;
        expect(await mirror.mergeBase(left, right)).toBe(root);
        expect(await mirror.mergeBase(merge, right)).toBe(right);
        expect(await mirror.mergeBase(merge, stranger)).toBeNull();
        expect(await mirror.isAncestor(right, merge)).toBe(true);
        expect(await mirror.isAncestor(merge, merge)).toBe(true);
        expect(await mirror.isAncestor(merge, right)).toBe(false);
        expect(await mirror.commitsBetween(left, merge)).toEqual([
          { oid: right, parents: [root] },
          { oid: merge, parents: [left, right] },
        ]);
        expect(await mirror.commitsBetween(merge, left)).toEqual([]);
        expect(await mirror.firstParents(null, merge)).toEqual([
          { oid: root, parents: [] },
          { oid: left, parents: [root] },
          { oid: merge, parents: [left, right] },
        ]);
        expect(await mirror.firstParents(left, merge)).toEqual([
          { oid: merge, parents: [left, right] },
        ]);
      });

      it("shows all new first parents when the old tip was pushed aside", async () => {
        const h = await open();
        const root = await h.commit({ files: { a: "1" } });
        const oldTip = await h.commit({ parents: [root], files: { b: "1" } });
        const foreign = await h.commit({ parents: [root], files: { c: "1" } });
        const foxtrot = await h.commit({ parents: [foreign, oldTip], files: {} });
        await fetched(h, foxtrot);
        expect((await h.mirror.firstParents(oldTip, foxtrot)).map(({ oid }) => oid)).toEqual([
          foreign,
          foxtrot,
        ]);
      });

      it("gives a message as it is stored, whatever bytes are in it", async () => {
        const h = await open();
        const messages = [
          "plain\n",
          "",
          "Title\n\nbody ò\ntree 1\nparent 2\n\nCo-authored-by: x <y>\n\n",
          "bytes \udcff\udcfe\0 and \u001b[31m",
        ];
        for (const message of messages) {
          const commit = await h.commit({ files: { a: "1" }, message });
          await fetched(h, commit);
          expect(await h.mirror.message(commit)).toBe(message);
        }
      });
    });

    describe("signatures", () => {
      it("gives a commit's own, line by line, and the bytes that it is over", async () => {
        const h = await open();
        const root = await h.commit({ files: { a: "1" } });
        const message = "Title\n\ngpgsig of nobody\n continued ò \udcff\n";
        const signature = "-----BEGIN SIGNATURE-----\n\nabc\n-----END SIGNATURE-----\n";
        const given: Buffer[] = [];
        const sign = (bytes: Uint8Array): string => {
          given.push(Buffer.from(bytes));
          return signature;
        };
        const signed = await h.commit({ parents: [root], files: { a: "2" }, message, sign });
        await fetched(h, signed);
        const found = await h.mirror.commitSignature(signed);
        expect(found?.signature.trimEnd()).toBe(signature.trimEnd());
        expect(Buffer.from(found?.signedBytes ?? []).equals(given[0] ?? Buffer.alloc(0))).toBe(
          true,
        );
        expect(await h.mirror.message(signed)).toBe(message);
        expect(await h.mirror.firstParents(root, signed)).toEqual([
          { oid: signed, parents: [root] },
        ]);
      });

      it("gives none of a commit that is not signed, whatever its message says", async () => {
        const h = await open();
        const plain = await h.commit({ files: { a: "1" }, message: "Title\n\ngpgsig x\n y\n" });
        await fetched(h, plain);
        expect(await h.mirror.commitSignature(plain)).toBeNull();
      });
    });

    describe("raw objects", () => {
      it("are byte for byte what their ids are the hashes of, from a commit down to a file", async () => {
        const h = await open();
        const files = { "a.b/c": "1", "a/b": "2", a0: "3", "u\u00fc": "4", "n\udcff": "5" };
        const first = await h.commit({ files });
        const second = await h.commit({ parents: [first], files: { "a/b": "6" }, message: "t\n" });
        await fetched(h, second);
        const commit = await h.mirror.object(second);
        expect([commit.type, gitId("commit", commit.bytes)]).toEqual(["commit", second]);
        const tree = /^tree ([0-9a-f]{40})\nparent ([0-9a-f]{40})\n/u.exec(text(commit.bytes));
        expect(tree?.[2]).toBe(first);
        const root = await h.mirror.object(tree?.[1] ?? "");
        expect([root.type, gitId("tree", root.bytes)]).toEqual(["tree", tree?.[1]]);
        const folder = (await h.mirror.entry(second, "a"))?.oid ?? "";
        expect(Buffer.from(root.bytes).includes(Buffer.from(folder, "hex"))).toBe(true);
        const below = await h.mirror.object(folder);
        expect([below.type, gitId("tree", below.bytes)]).toEqual(["tree", folder]);
        const file = (await h.mirror.entry(second, "a/b"))?.oid ?? "";
        expect(await h.mirror.object(file)).toEqual({
          type: "blob",
          bytes: new TextEncoder().encode("6"),
        });
        await expect(h.mirror.object(nowhere)).rejects.toThrow(MirrorObjectMissing);
        await expect(h.mirror.object("HEAD")).rejects.toThrow(MirrorObjectMissing);
      });
    });

    describe("what is not there", () => {
      it("throws MirrorObjectMissing for unknown objects, wrong kinds and what is no full id", async () => {
        const h = await open();
        const commit = await h.commit({ files: { a: "1" } });
        await fetched(h, commit);
        const { mirror } = h;
        const blob = (await mirror.entry(commit, "a"))?.oid ?? "";
        for (const bad of [
          nowhere,
          "main",
          "--all",
          "HEAD",
          commit.slice(0, 12),
          `${commit}\n`,
          "",
        ]) {
          expect(await mirror.has(bad)).toBe(false);
          await expect(mirror.blob(bad)).rejects.toThrow(MirrorObjectMissing);
          await expect(mirror.message(bad)).rejects.toThrow(MirrorObjectMissing);
          await expect(mirror.commitSignature(bad)).rejects.toThrow(MirrorObjectMissing);
          await expect(mirror.entry(bad, "a")).rejects.toThrow(MirrorObjectMissing);
          await expect(mirror.list(bad, "")).rejects.toThrow(MirrorObjectMissing);
          await expect(mirror.changes(commit, bad)).rejects.toThrow(MirrorObjectMissing);
          await expect(mirror.isAncestor(bad, commit)).rejects.toThrow(MirrorObjectMissing);
          await expect(mirror.mergeBase(commit, bad)).rejects.toThrow(MirrorObjectMissing);
          await expect(mirror.commitsBetween(bad, commit)).rejects.toThrow(MirrorObjectMissing);
          await expect(mirror.firstParents(null, bad)).rejects.toThrow(MirrorObjectMissing);
        }
        await expect(mirror.blob(commit)).rejects.toThrow(MirrorObjectMissing);
        await expect(mirror.message(blob)).rejects.toThrow(MirrorObjectMissing);
      });
    });
  });
}

async function fetched(h: MirrorHarness, tip: string): Promise<void> {
  await h.setBranch("main", tip);
  await h.mirror.fetch();
}

function gitId(type: string, bytes: Uint8Array): string {
  const head = Buffer.from(`${type} ${bytes.length}\0`);
  return createHash("sha1").update(head).update(bytes).digest("hex");
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
