import { nodeId } from "../world/node-id.ts";
import { listTree, readBlob } from "../git/read-tree.ts";
import { apiUrl, webUrl } from "../render/repository.ts";
import type { TreeEntry } from "../git/read-tree.ts";
import type { World } from "../world/world.ts";

/** GitHub gives at most this much of a blob's text. */
const textLimit = 512_000;

/** Shows a tree; its entries are read only when asked for. */
export function showTree(world: World, oid: string, path: string) {
  return {
    __typename: "Tree",
    ...common(world, "T", oid),
    entries: async () => {
      const entries = await listTree(world.git, oid);
      return entries.map((entry) => showEntry(world, path, entry));
    },
  };
}

/** Shows one entry of a tree with its full path. */
export function showEntry(world: World, folder: string, entry: TreeEntry) {
  const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
  return {
    name: entry.name,
    nameRaw: Buffer.from(entry.name).toString("base64"),
    path,
    pathRaw: Buffer.from(path).toString("base64"),
    mode: parseInt(entry.mode, 8),
    type: entry.type,
    oid: entry.oid,
    size: entry.size,
    isGenerated: false,
    extension: /\.[^.]+$/.exec(entry.name)?.[0] ?? "",
    object: () => showEntryObject(world, path, entry),
  };
}

/** Shows what an entry points to; a submodule's commit is not in this repository. */
export function showEntryObject(world: World, path: string, entry: TreeEntry) {
  switch (entry.type) {
    case "tree":
      return showTree(world, entry.oid, path);
    case "blob":
      return showBlob(world, entry.oid);
    case "commit":
      return null;
  }
}

/** Shows a blob. Binary content has no text; long text is cut and says so. */
export async function showBlob(world: World, oid: string) {
  const bytes = await readBlob(world.git, oid);
  const binary = bytes.subarray(0, 8000).includes(0);
  return {
    __typename: "Blob",
    ...common(world, "B", oid),
    byteSize: bytes.length,
    isBinary: binary,
    isTruncated: !binary && bytes.length > textLimit,
    text: binary ? null : bytes.subarray(0, textLimit).toString("utf8"),
  };
}

function common(world: World, prefix: string, oid: string) {
  return {
    id: nodeId(prefix, oid),
    oid,
    abbreviatedOid: oid.slice(0, 7),
    commitUrl: webUrl(world, `/commit/${oid}`),
    commitResourcePath: new URL(apiUrl(world, `/commit/${oid}`)).pathname,
  };
}
