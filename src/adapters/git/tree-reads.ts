import type { TreeChange, TreeEntry } from "../../ports/mirror.ts";
import { MirrorObjectMissing } from "../../ports/mirror.ts";
import { folderMode } from "./raw-objects.ts";
import type { RawTreeEntry } from "./raw-objects.ts";

/** Reads one tree object, entry by entry. */
export type ReadTree = (oid: string) => Promise<readonly RawTreeEntry[]>;

/** Finds one path below a tree; `null` when there is none. */
export async function treeEntry(
  readTree: ReadTree,
  root: string,
  path: string,
): Promise<TreeEntry | null> {
  let tree = root;
  const parts = path.split("/");
  for (const [depth, part] of parts.entries()) {
    const found = (await readTree(tree)).find(({ name }) => name === part);
    if (found === undefined) return null;
    if (depth === parts.length - 1) return { path, mode: found.mode, oid: found.oid };
    if (found.mode !== folderMode) return null;
    tree = found.oid;
  }
  return null;
}

/** Lists all that is not a folder below a tree, sorted by path. */
export async function treeFiles(
  readTree: ReadTree,
  root: string,
  prefix: string,
): Promise<readonly TreeEntry[]> {
  const files: TreeEntry[] = [];
  const visit = async (tree: string, folder: string): Promise<void> => {
    for (const entry of await readTree(tree)) {
      const path = folder + entry.name;
      if (entry.mode === folderMode) await visit(entry.oid, `${path}/`);
      else files.push({ path, mode: entry.mode, oid: entry.oid });
      requireBounded(files.length);
    }
  };
  await visit(root, prefix);
  return files.sort(byPath);
}

/** Lists what differs between two trees, file by file, sorted by path. */
export async function treeChanges(
  readTree: ReadTree,
  from: string,
  to: string,
): Promise<readonly TreeChange[]> {
  const changes: TreeChange[] = [];
  const wholeSide = async (side: RawTreeEntry | null, path: string): Promise<TreeEntry[]> => {
    if (side === null) return [];
    if (side.mode !== folderMode) return [{ path, mode: side.mode, oid: side.oid }];
    return [...(await treeFiles(readTree, side.oid, `${path}/`))];
  };
  const visit = async (before: string, after: string, folder: string): Promise<void> => {
    const [old, young] = await Promise.all([readTree(before), readTree(after)]);
    for (const [a, b] of pairs(old, young)) {
      const path = folder + (a ?? b).name;
      if (a?.mode === b?.mode && a?.oid === b?.oid) continue;
      if (a?.mode === folderMode && b?.mode === folderMode) {
        await visit(a.oid, b.oid, `${path}/`);
      } else if (a !== null && b !== null && a.mode !== folderMode && b.mode !== folderMode) {
        changes.push(changed(path, a, b));
      } else {
        changes.push(...(await wholeSide(a, path)).map(removed));
        changes.push(...(await wholeSide(b, path)).map(added));
      }
      requireBounded(changes.length);
    }
  };
  if (from !== to) await visit(from, to, "");
  return changes.sort(byPath);
}

/** Tells a change of what a path is (file, link, submodule) from a change of its bytes or its x bit. */
export function changed(
  path: string,
  before: Pick<TreeEntry, "mode" | "oid">,
  after: Pick<TreeEntry, "mode" | "oid">,
): TreeChange {
  const sameType = before.mode.slice(0, 3) === after.mode.slice(0, 3);
  return {
    path,
    status: sameType ? "modified" : "type-changed",
    modeBefore: before.mode,
    modeAfter: after.mode,
    oidBefore: before.oid,
    oidAfter: after.oid,
  };
}

/** Describes a path that only the newer tree has. */
export function added({ path, mode, oid }: TreeEntry): TreeChange {
  return {
    path,
    status: "added",
    modeBefore: "000000",
    modeAfter: mode,
    oidBefore: null,
    oidAfter: oid,
  };
}

/** Describes a path that only the older tree has. */
export function removed({ path, mode, oid }: TreeEntry): TreeChange {
  return {
    path,
    status: "removed",
    modeBefore: mode,
    modeAfter: "000000",
    oidBefore: oid,
    oidAfter: null,
  };
}

/** Orders by path, code unit by code unit: the same on every machine. */
export function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  if (a.path === b.path) return 0;
  return a.path < b.path ? -1 : 1;
}

type Pair = [RawTreeEntry, RawTreeEntry | null] | [null, RawTreeEntry];

function pairs(old: readonly RawTreeEntry[], young: readonly RawTreeEntry[]): Pair[] {
  const after = new Map(young.map((entry) => [entry.name, entry]));
  const before = new Set(old.map(({ name }) => name));
  return [
    ...old.map((entry): Pair => [entry, after.get(entry.name) ?? null]),
    ...young.filter(({ name }) => !before.has(name)).map((entry): Pair => [null, entry]),
  ];
}

/** Ten nested folders of ten equal folders each are a few bytes in git and ten thousand million paths. */
const mostFiles = 100_000;

function requireBounded(files: number): void {
  if (files <= mostFiles) return;
  throw new MirrorObjectMissing(`a tree of more than ${mostFiles} files is not read`);
}
