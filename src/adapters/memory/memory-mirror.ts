import type { CommitNode, GitObject, Mirror, TreeChange, TreeEntry } from "../../ports/mirror.ts";
import { MirrorObjectMissing, MirrorUnreachable } from "../../ports/mirror.ts";
import { isOid, objectId } from "../git/oid.ts";
import { added, byPath, changed, removed } from "../git/tree-reads.ts";
import { commitGraph } from "./commit-graph.ts";
import { sha1Length, writeCommit } from "./git-objects.ts";
import type { WrittenCommit, WrittenObject } from "./git-objects.ts";

/** A mirror in memory, together with the remote that it mirrors: what is built shows after `fetch`. */
export interface MemoryMirror extends Mirror {
  /** Makes a commit on the remote and returns its oid. `files` are changes to the first parent's files. */
  commit(draft: MemoryCommit): string;
  /** Lists every object of the remote as git would store it, each after those that it names. */
  objects(): readonly WrittenObject[];
  /** Points a branch of the remote somewhere; `null` deletes it. */
  setBranch(name: string, oid: string | null): void;
  /** Points `refs/pull/<number>/head` of the remote somewhere. */
  setPull(number: number, oid: string): void;
  /** Makes `fetch` and `fetchCommits` throw MirrorUnreachable until `goOnline`. */
  goOffline(): void;
  goOnline(): void;
}

/** A commit to be made. */
export interface MemoryCommit {
  readonly parents?: readonly string[];
  /** By path; `null` removes the file. */
  readonly files?: Readonly<Record<string, MemoryFile | null>>;
  readonly message?: string;
  /** Signs the bytes that stand for the commit. */
  readonly sign?: (bytes: Uint8Array) => string;
}

/** Contents of a file of mode 100644, or a file of another mode. */
export type MemoryFile = string | { readonly mode: string; readonly content: string };

interface Stored extends CommitNode, WrittenCommit {
  readonly oid: string;
  readonly message: string;
  readonly files: ReadonlyMap<string, TreeEntry>;
}

/** Opens an empty remote and its mirror. */
export function memoryMirror(): MemoryMirror {
  const remote = { commits: new Map<string, Stored>(), refs: new Map<string, string>() };
  const blobs = new Map<string, Uint8Array>();
  const here = new Map<string, Stored>();
  let branches: ReadonlyMap<string, string> = new Map();
  let line: "online" | "offline" = "online";
  const all = commitGraph((oid) => remote.commits.get(oid) ?? missing(oid));
  const graph = commitGraph(commitAt);

  function commitAt(oid: string): Stored {
    return here.get(oid) ?? missing(oid);
  }

  async function bring(heads: Iterable<string>): Promise<void> {
    await Promise.resolve();
    if (line === "offline") throw new MirrorUnreachable("the remote is offline");
    for (const head of heads) {
      for (const oid of all.ancestors(head)) here.set(oid, remote.commits.get(oid) ?? missing(oid));
    }
  }

  async function fetch(): Promise<void> {
    await bring(remote.refs.values());
    branches = new Map(remote.refs);
  }

  async function fetchCommits(oids: readonly string[]): Promise<void> {
    const wanted = oids.filter((oid) => isOid(oid) && !here.has(oid));
    if (wanted.length > 0) await bring(wanted.filter((oid) => remote.commits.has(oid)));
  }

  function hasBlob(oid: string): boolean {
    return [...here.values()].some(({ files }) =>
      [...files.values()].some((file) => file.oid === oid),
    );
  }

  function write(path: string, file: MemoryFile): TreeEntry {
    const { mode, content } = typeof file === "string" ? { mode: "100644", content: file } : file;
    const bytes = new TextEncoder().encode(content);
    const oid = objectId("blob", bytes, sha1Length);
    blobs.set(oid, bytes);
    return { path, mode, oid };
  }

  return {
    fetch,
    fetchCommits,
    tip: later((branch: string) => branches.get(`refs/heads/${branch}`) ?? null),
    has: later((oid: string) => here.has(oid) || hasBlob(oid)),
    mergeBase: later(graph.mergeBase),
    isAncestor: later((a: string, b: string) => {
      commitAt(a);
      return graph.ancestors(b).has(a);
    }),
    changes: later((from: string, to: string) =>
      differences(commitAt(from).files, commitAt(to).files),
    ),
    entry: later((commit: string, path: string) => {
      const { files, folders } = commitAt(commit);
      const oid = folders.get(path);
      return files.get(path) ?? (oid === undefined ? null : { path, mode: "040000", oid });
    }),
    list: later((commit: string, folder: string) =>
      below(commitAt(commit).files, folder.replace(/\/+$/, "")),
    ),
    blob: later((oid: string) => (hasBlob(oid) ? blobs.get(oid) : undefined) ?? missing(oid)),
    commitsBetween: later(graph.between),
    firstParents: later(graph.firstParents),
    message: later((commit: string) => commitAt(commit).message),
    commitSignature: later((commit: string) => commitAt(commit).signature),
    object: later((oid: string): GitObject => {
      const blob = hasBlob(oid) ? blobs.get(oid) : undefined;
      if (blob !== undefined) return { type: "blob", bytes: blob };
      const written = [...here.values()].flatMap(({ objects }) => objects);
      const found = written.find((one) => one.oid === oid) ?? missing(oid);
      return { type: found.type, bytes: found.bytes };
    }),
    commit: ({ parents = [], files = {}, message = "a commit", sign }) => {
      const [first] = parents;
      const tree = new Map(first === undefined ? [] : remote.commits.get(first)?.files);
      for (const [path, file] of Object.entries(files)) {
        if (file === null) tree.delete(path);
        else tree.set(path, write(path, file));
      }
      const written = writeCommit({ parents, message, files: tree.values(), sign });
      remote.commits.set(written.oid, { ...written, parents, message, files: tree });
      return written.oid;
    },
    objects: () => [
      ...[...blobs].map(([oid, bytes]) => ({ oid, type: "blob", bytes }) as const),
      ...[...remote.commits.values()].flatMap(({ objects }) => objects),
    ],
    setBranch: (name, oid) => {
      if (oid === null) remote.refs.delete(`refs/heads/${name}`);
      else remote.refs.set(`refs/heads/${name}`, oid);
    },
    setPull: (number, oid) => void remote.refs.set(`refs/pull/${number}/head`, oid),
    goOffline: () => void (line = "offline"),
    goOnline: () => void (line = "online"),
  };
}

function missing(oid: string): never {
  throw new MirrorObjectMissing(`there is no object ${oid} here`);
}

/** Turns a throw into a rejection, as the real mirror gives it. */
function later<A extends unknown[], T>(answer: (...args: A) => T): (...args: A) => Promise<T> {
  return (...args) => Promise.resolve().then(() => answer(...args));
}

function below(files: ReadonlyMap<string, TreeEntry>, folder: string): readonly TreeEntry[] {
  const inside = [...files.values()].filter(
    ({ path }) => folder === "" || path.startsWith(`${folder}/`),
  );
  return inside.sort(byPath);
}

function differences(
  from: ReadonlyMap<string, TreeEntry>,
  to: ReadonlyMap<string, TreeEntry>,
): readonly TreeChange[] {
  const gone = [...from.values()].filter(({ path }) => !to.has(path)).map(removed);
  const others = [...to.values()].flatMap((after) => {
    const before = from.get(after.path);
    if (before === undefined) return [added(after)];
    if (before.mode === after.mode && before.oid === after.oid) return [];
    return [changed(after.path, before, after)];
  });
  return [...gone, ...others].sort(byPath);
}
