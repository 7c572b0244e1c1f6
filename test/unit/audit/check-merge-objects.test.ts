import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { mergeObjectsDefect } from "../../../src/audit/check-merge-objects.ts";
import { gitObjectId } from "../../../src/audit/git-objects.ts";
import type { MergeObjects } from "../../../src/audit/request-proof.ts";
import { sha256 } from "../../../src/core/attest/digest.ts";
import type { DecidedRequest, Decision } from "../../../src/core/model/decision.ts";
import type { EntryOf } from "../../../src/core/model/entry.ts";
import { oidOf } from "../../support/ledger/drafts.ts";

const path = "access-requests/payments-db/alice.yaml";
const file = Buffer.from("kind: AccessRequest\n");
const head = oidOf("a");
const main = oidOf("b");

/** What of a merge is not as it should be. */
interface Lies {
  readonly file?: Buffer;
  /** The tree of the folder that the file is in. */
  readonly folder?: readonly TreeLine[];
  readonly parents?: readonly string[];
  /** Replaces the text of the commit. */
  readonly commit?: (text: string) => string;
}

interface TreeLine {
  readonly mode: string;
  readonly name: string;
  readonly oid: string;
}

const blob = id("blob", file);
const theFile: TreeLine = { mode: "100644", name: "alice.yaml", oid: blob };
const another: TreeLine = { mode: "100644", name: "bob.yaml", oid: oidOf("c") };

function id(type: "commit" | "tree" | "blob", bytes: Buffer): string {
  return gitObjectId(type, bytes, head);
}

function tree(...lines: readonly TreeLine[]): Buffer {
  return Buffer.concat(
    lines.flatMap(({ mode, name, oid }) => [
      Buffer.from(`${mode} ${name}\0`),
      Buffer.from(oid, "hex"),
    ]),
  );
}

/** Makes the objects of a merge whose ids are right, and what the ledger says of it. */
function merged(lies: Lies = {}) {
  const folder = tree(...(lies.folder ?? [another, theFile]));
  const requests = tree({ mode: "40000", name: "payments-db", oid: id("tree", folder) });
  const root = tree({ mode: "40000", name: "access-requests", oid: id("tree", requests) });
  const parents = (lies.parents ?? [main, head]).map((oid) => `parent ${oid}\n`).join("");
  const written = `tree ${id("tree", root)}\n${parents}author a <a> 0 +0000\n\nMerge\n`;
  const commit = Buffer.from(lies.commit?.(written) ?? written);
  const objects: MergeObjects = {
    commit: commit.toString("base64"),
    trees: [root, requests, folder].map((bytes) => bytes.toString("base64")),
    file: (lies.file ?? file).toString("base64"),
  };
  return { objects, mergeCommit: id("commit", commit) };
}

function defectOf(objects: MergeObjects, mergeCommit: string, inputsHead = head) {
  const entry = { inputs: { mergeCommit, head: inputsHead } } as EntryOf<"merge">;
  const request = { path, digest: sha256(file) } as DecidedRequest;
  return mergeObjectsDefect(objects, entry, { head } as Decision, request);
}

function defect(lies: Lies): string | null {
  const { objects, mergeCommit } = merged(lies);
  return defectOf(objects, mergeCommit);
}

/** Changes the objects after they were made. */
function tamperedDefect(change: (objects: MergeObjects) => Partial<MergeObjects>): string | null {
  const { objects, mergeCommit } = merged();
  return defectOf({ ...objects, ...change(objects) }, mergeCommit);
}

const lost = `The trees do not lead from the commit to ${path}.`;
const headless = `The commit does not merge the head ${head} that was decided on.`;
const notOrdinary = "The trees do not lead to these bytes as an ordinary file.";

describe("the objects of a merge", () => {
  it("lead by git's ids from the commit to the bytes that were decided on", () => {
    expect(defect({})).toBeNull();
  });

  it("are refused when the commit is not the one that was signed for", () => {
    const { objects, mergeCommit } = merged();
    expect(defectOf(objects, oidOf("d"))).toBe(`The commit is not ${oidOf("d")}.`);
    expect(defectOf({ ...objects, commit: `${objects.commit} ` }, mergeCommit)).toBe(
      `The commit is not ${mergeCommit}.`,
    );
  });

  it.each<readonly [string, Lies]>([
    ["the head is not its second parent", { parents: [main, oidOf("d")] }],
    ["the head is its first parent", { parents: [head, main] }],
    ["it has one parent", { parents: [head] }],
    ["it has three", { parents: [main, head, oidOf("d")] }],
    ["it is no commit", { commit: (text) => text.replace("tree ", "tag ") }],
  ])("are refused when %s", (_, lies) => {
    expect(defect(lies)).toBe(headless);
  });

  it("are refused when the ledger says of the merge that it was of another head", () => {
    const { objects, mergeCommit } = merged();
    expect(defectOf(objects, mergeCommit, oidOf("d"))).toBe(headless);
  });

  it.each<readonly [string, Lies]>([
    ["the file is not there", { folder: [another] }],
    ["the file is there twice", { folder: [theFile, { ...theFile, oid: oidOf("c") }] }],
    ["the tree is cut off", { folder: [theFile, { ...another, oid: "cccc" }] }],
    ["the tree has a name with a slash", { folder: [{ ...another, name: "a/b" }, theFile] }],
    ["the tree has a mode that is none", { folder: [{ ...another, mode: "9" }, theFile] }],
  ])("are refused when %s", (_, lies) => {
    expect(defect(lies)).toBe(lost);
  });

  it.each<readonly [string, Lies]>([
    ["an executable", { folder: [{ ...theFile, mode: "100755" }] }],
    ["a symbolic link", { folder: [{ ...theFile, mode: "120000" }] }],
    ["a folder", { folder: [{ ...theFile, mode: "40000" }] }],
    ["other bytes than the tree names", { file: Buffer.from("kind: BreakGlassRequest\n") }],
  ])("are refused when the file is %s", (_, lies) => {
    expect(defect(lies)).toBe(notOrdinary);
  });

  it("are refused when other bytes were merged than were decided on", () => {
    const other = Buffer.from("kind: BreakGlassRequest\n");
    const folder = [{ ...theFile, oid: id("blob", other) }];
    expect(defect({ file: other, folder })).toBe(
      `The merged bytes are not those that were decided on, ${sha256(file)}.`,
    );
  });

  it("are refused with a tree too few, too many, or another than is named", () => {
    const count = `There is not one tree for each part of ${path}.`;
    expect(tamperedDefect(({ trees }) => ({ trees: trees.slice(1) }))).toBe(count);
    expect(tamperedDefect(({ trees }) => ({ trees: [...trees, ""] }))).toBe(count);
    expect(tamperedDefect(({ trees }) => ({ trees: trees.toReversed() }))).toBe(lost);
    expect(tamperedDefect(({ trees }) => ({ trees: trees.map((one) => `${one} `) }))).toBe(lost);
    const shorter = tree(theFile).toString("base64");
    expect(tamperedDefect(({ trees }) => ({ trees: trees.with(2, shorter) }))).toBe(lost);
    expect(tamperedDefect(({ file: text }) => ({ file: `${text} ` }))).toBe(notOrdinary);
  });
});

describe("the id of an object", () => {
  it("is of the hash whose ids are as long as the one it is held against", () => {
    // The empty blob, as git names it in either kind of repository.
    const none = Buffer.alloc(0);
    expect(gitObjectId("blob", none, oidOf("a"))).toBe("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    const long = createHash("sha256").update("blob 0\0").digest("hex");
    expect(gitObjectId("blob", none, "a".repeat(64))).toBe(long);
    expect(long).toMatch(/^473a0f4c3be8a93681a267e3b1e9a7dcda118543/u);
  });
});
