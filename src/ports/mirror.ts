/**
 * A local copy of the access repository's objects, read by oid. What it returns for an oid never
 * changes; only `fetch`, `fetchCommits` and `tip` look at anything that moves. Replace refs are never followed.
 */
export interface Mirror {
  /**
   * Brings branches and PR heads (`refs/pull/<n>/head`) here. Repeatable. Throws MirrorUnreachable
   * (worth a retry).
   */
  fetch(): Promise<void>;
  /**
   * Brings commits that no branch holds any more (the head before a force-push), with their history, and
   * keeps them. Those that are here are not asked for; those that the remote does not have stay missing,
   * as `has` says. Repeatable. Throws MirrorUnreachable (worth a retry). A forge serves the objects of
   * forks as well: that a commit could be fetched says nothing of who pushed it.
   */
  fetchCommits(oids: readonly string[]): Promise<void>;
  /** Oid of a branch as of the last fetch; `null` when it does not exist. Never resolves a tag. */
  tip(branch: string): Promise<string | null>;
  has(oid: string): Promise<boolean>;
  mergeBase(a: string, b: string): Promise<string | null>;
  isAncestor(ancestor: string, descendant: string): Promise<boolean>;
  /** Raw tree difference without rename detection; every path as git stores it. */
  changes(from: string, to: string): Promise<readonly TreeChange[]>;
  /** One tree entry; `null` when the path does not exist in that commit. */
  entry(commit: string, path: string): Promise<TreeEntry | null>;
  /** All files under a folder, recursively, sorted by path. */
  list(commit: string, folder: string): Promise<readonly TreeEntry[]>;
  /** Bytes of a blob. Throws MirrorObjectMissing. */
  blob(oid: string): Promise<Uint8Array>;
  /** Commits reachable from `head` and not from `base`, oldest first, with parents. */
  commitsBetween(base: string, head: string): Promise<readonly CommitNode[]>;
  /** First-parent commits after `from` (`null`: from the root) up to `to`, oldest first. */
  firstParents(from: string | null, to: string): Promise<readonly CommitNode[]>;
  /** Raw commit object's message. */
  message(commit: string): Promise<string>;
  /** The signature in a commit and the bytes it is said to be over, unchecked; `null` for a commit that is not signed. */
  commitSignature(commit: string): Promise<CommitSignature | null>;
  /** Contents of a commit, a tree or a blob, byte for byte what its id is the hash of. Throws MirrorObjectMissing. */
  object(oid: string): Promise<GitObject>;
}

export interface GitObject {
  readonly type: "commit" | "tree" | "blob";
  readonly bytes: Uint8Array;
}

/** A detached signature as it stands in a commit: of any kind, by anybody, over anything. */
export interface CommitSignature {
  /** The commit object without its signature. */
  readonly signedBytes: Uint8Array;
  readonly signature: string;
}

export interface CommitNode {
  readonly oid: string;
  readonly parents: readonly string[];
}

export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly oid: string;
}

export interface TreeChange {
  readonly path: string;
  readonly status: "added" | "modified" | "removed" | "type-changed";
  readonly modeBefore: string;
  readonly modeAfter: string;
  readonly oidBefore: string | null;
  readonly oidAfter: string | null;
}

export class MirrorUnreachable extends Error {
  override readonly name = "MirrorUnreachable";
}

export class MirrorObjectMissing extends Error {
  override readonly name = "MirrorObjectMissing";
}
