import type { CommitNode, Mirror } from "../../ports/mirror.ts";
import { MirrorObjectMissing } from "../../ports/mirror.ts";
import type { GitAnswer, GitClient } from "./git-client.ts";
import { ObjectAltered, objectReader } from "./object-reader.ts";
import type { ObjectReader } from "./object-reader.ts";
import { isOid } from "./oid.ts";
import { folderMode, parseCommit, parseCommitSignature, parseTree } from "./raw-objects.ts";
import type { RawCommit, RawTreeEntry } from "./raw-objects.ts";
import { treeChanges, treeEntry, treeFiles } from "./tree-reads.ts";

/** The part of a mirror that reads by oid; what moves is `fetch`, `fetchCommits` and `tip`. */
export type MirrorReads = Omit<Mirror, "fetch" | "fetchCommits" | "tip">;

/**
 * Reads objects of one repository. Trees are compared here and not by git, because git shows odd modes as
 * usual ones; bytes that do not hash to their name are refused as missing.
 */
export function mirrorReads(client: GitClient): MirrorReads {
  const objects = objectReader(client);
  const commit = (oid: string) => readCommit(objects, oid);
  const tree = (oid: string) => readTree(objects, oid);
  const between = (from: string | null, to: string, options: readonly string[]) =>
    walk(client, objects, from, to, options);
  return {
    has: async (oid) => isOid(oid) && (await client.run(["cat-file", "-e", oid])).code === 0,
    mergeBase: async (a, b) => {
      const answer = await client.run(["merge-base", requireOid(a), requireOid(b)]);
      return yes(answer, "merge-base") ? firstLine(answer) : null;
    },
    isAncestor: async (ancestor, descendant) =>
      yes(
        await client.run([
          "merge-base",
          "--is-ancestor",
          requireOid(ancestor),
          requireOid(descendant),
        ]),
        "merge-base",
      ),
    changes: async (from, to) => {
      const [before, after] = await Promise.all([commit(from), commit(to)]);
      return treeChanges(tree, before.tree, after.tree);
    },
    entry: async (oid, path) => treeEntry(tree, (await commit(oid)).tree, path),
    list: async (oid, folder) => {
      const path = folder.replace(/\/+$/, "");
      const root = (await commit(oid)).tree;
      if (path === "") return treeFiles(tree, root, "");
      const found = await treeEntry(tree, root, path);
      return found?.mode === folderMode ? treeFiles(tree, found.oid, `${path}/`) : [];
    },
    blob: async (oid) => new Uint8Array(await readObject(objects, oid, "blob")),
    commitsBetween: (base, head) => between(base, head, ["--topo-order"]),
    firstParents: (from, to) => between(from, to, ["--first-parent"]),
    message: async (oid) => (await commit(oid)).message,
    commitSignature: async (oid) => {
      const bytes = await readObject(objects, oid, "commit");
      return parseCommitSignature(bytes, oid.length === 64 ? "gpgsig-sha256" : "gpgsig");
    },
    object: async (oid) => {
      const [found] = await unaltered(objects.read([requireOid(oid)]));
      const type = objectTypes.find((known) => known === found?.type);
      if (found?.oid === oid && type !== undefined) {
        return { type, bytes: new Uint8Array(found.bytes) };
      }
      throw new MirrorObjectMissing(`there is no commit, tree or blob ${oid} here`);
    },
  };
}

const objectTypes = ["commit", "tree", "blob"] as const;

/** Reads the commits that `rev-list` names, oldest first; parents are taken from the hashed bytes. */
async function walk(
  client: GitClient,
  objects: ObjectReader,
  from: string | null,
  to: string,
  options: readonly string[],
): Promise<readonly CommitNode[]> {
  const range = [requireOid(to), ...(from === null ? [] : [`^${requireOid(from)}`])];
  const answer = await client.run(["rev-list", "--reverse", ...options, ...range, "--"]);
  if (answer.code !== 0) throw new MirrorObjectMissing(`git rev-list: ${answer.stderr}`);
  const oids = answer.stdout.toString("latin1").split("\n").slice(0, -1);
  const found = await unaltered(objects.read(oids));
  return oids.map((oid, index) => {
    const commit = parseCommit(found[index]?.bytes ?? Buffer.alloc(0));
    if (commit === null) throw new MirrorObjectMissing(`commit ${oid} is missing or malformed`);
    return { oid, parents: commit.parents };
  });
}

async function readCommit(objects: ObjectReader, oid: string): Promise<RawCommit> {
  const commit = parseCommit(await readObject(objects, oid, "commit"));
  if (commit === null) throw new MirrorObjectMissing(`commit ${oid} is malformed`);
  return commit;
}

async function readTree(objects: ObjectReader, oid: string): Promise<readonly RawTreeEntry[]> {
  const entries = parseTree(await readObject(objects, oid, "tree"), oid.length / 2);
  if (entries === null) throw new MirrorObjectMissing(`tree ${oid} is malformed`);
  return entries;
}

async function readObject(objects: ObjectReader, oid: string, type: string): Promise<Buffer> {
  const [object] = await unaltered(objects.read([requireOid(oid)]));
  if (object?.type === type) return object.bytes;
  throw new MirrorObjectMissing(`there is no ${type} ${oid} here`);
}

async function unaltered<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (cause) {
    if (cause instanceof ObjectAltered) throw new MirrorObjectMissing(cause.message, { cause });
    throw cause;
  }
}

function requireOid(text: string): string {
  if (isOid(text)) return text;
  throw new MirrorObjectMissing(`${JSON.stringify(text)} is not a full object id`);
}

/** Exit 0 is yes and 1 is no; everything else means that git could not tell. */
function yes(answer: GitAnswer, command: string): boolean {
  if (answer.code === 0) return true;
  if (answer.code === 1) return false;
  throw new MirrorObjectMissing(`git ${command}: ${answer.stderr}`);
}

function firstLine(answer: GitAnswer): string | null {
  const line = answer.stdout.toString("latin1").split("\n")[0] ?? "";
  return isOid(line) ? line : null;
}
