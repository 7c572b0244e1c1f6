import { createHash } from "node:crypto";

/** Computes the id that git gives to an object; SHA-1, or SHA-256 where `like` is as long as one. */
export function gitObjectId(
  type: "commit" | "tree" | "blob",
  bytes: Uint8Array,
  like: string,
): string {
  return createHash(like.length === 64 ? "sha256" : "sha1")
    .update(`${type} ${bytes.length}\0`)
    .update(bytes)
    .digest("hex");
}

/** Reads the tree and the parents that a commit object names; `null` when it is none. */
export function commitLinks(
  bytes: Uint8Array,
): { readonly tree: string; readonly parents: readonly string[] } | null {
  const head = Buffer.from(bytes).toString("latin1");
  const found = /^tree ([0-9a-f]{40,64})\n((?:parent [0-9a-f]{40,64}\n)*)author /u.exec(head);
  if (found === null) return null;
  const parents = (found[2] ?? "").split("\n").slice(0, -1);
  return { tree: found[1] ?? "", parents: parents.map((line) => line.slice("parent ".length)) };
}

/** Finds a name in a tree object, with its mode as stored; `null` when it is not there, is there twice, or the tree is malformed. */
export function treeLink(
  tree: Uint8Array,
  name: string,
  oidBytes: number,
): { readonly mode: string; readonly oid: string } | null {
  const bytes = Buffer.from(tree);
  const found: { mode: string; oid: string }[] = [];
  for (let at = 0; at < bytes.length;) {
    const zero = bytes.indexOf(0, at);
    const end = zero + 1 + oidBytes;
    const line = /^([0-7]{5,6}) ([^/]+)$/u.exec(bytes.toString("latin1", at, zero));
    if (zero < 0 || end > bytes.length || line === null) return null;
    const [, mode = "", named] = line;
    if (named === name) found.push({ mode, oid: bytes.toString("hex", zero + 1, end) });
    at = end;
  }
  return found.length === 1 ? (found[0] ?? null) : null;
}
