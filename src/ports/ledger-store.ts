import type { LedgerBranch } from "../core/model/entry.ts";

/**
 * Append-only storage of opaque entries, one a commit. It knows neither keys nor chains: what may be
 * appended is decided by `record/`, what may be believed by `core/attest`.
 */
export interface LedgerStore {
  /**
   * Brings the newest remote state of both branches here. Repeatable. Throws LedgerUnreachable (worth a
   * retry) and LedgerRewritten (never: the remote lost commits that were seen before).
   */
  fetch(): Promise<void>;
  /** Reads the entries after commit `after` (all when `null`), oldest first, as of the last fetch. */
  read(branch: LedgerBranch, after: string | null): Promise<readonly StoredEntry[]>;
  /** Reads all entries as `read` does, piece by piece: the whole of an old ledger is more than memory holds. */
  pieces(branch: LedgerBranch): AsyncIterable<readonly StoredEntry[]>;
  /** Counts the entries of a branch as of the last fetch. */
  size(branch: LedgerBranch): Promise<number>;
  /**
   * Appends commits after `expected` (`null`: the branch does not exist) by a fast-forward push and
   * returns the new commits' oids, durable on the remote. Throws LedgerMoved when another writer was
   * faster (fetch, look for the idempotency key, chain again) and LedgerUnreachable when the outcome is
   * unknown: the push may have succeeded, so look for the key before writing again. Throws LedgerRefused when
   * a rule of the remote forbids the push: the same one tried again is refused again.
   */
  append(
    branch: LedgerBranch,
    expected: string | null,
    entries: readonly NewEntry[],
  ): Promise<readonly string[]>;
}

export interface NewEntry {
  /** The DSSE envelope, stored as `entry.dsse.json` byte for byte. */
  readonly bytes: string;
  readonly message: string;
}

export interface StoredEntry {
  readonly commit: string;
  readonly parents: readonly string[];
  readonly message: string;
  /** Contents of `entry.dsse.json`; `null` when the tree is not exactly that one file with mode 100644. */
  readonly bytes: string | null;
}

export class LedgerMoved extends Error {
  override readonly name = "LedgerMoved";
}

export class LedgerUnreachable extends Error {
  override readonly name = "LedgerUnreachable";
}

/** A hook, ruleset or branch protection of the remote does not let this identity write. The message says what to change. */
export class LedgerRefused extends Error {
  override readonly name = "LedgerRefused";
}

export class LedgerRewritten extends Error {
  override readonly name = "LedgerRewritten";
  /** Which of the two lost commits; `null` where that is not known. */
  readonly branch: LedgerBranch | null;
  constructor(message: string, branch: LedgerBranch | null, options?: ErrorOptions) {
    super(message, options);
    this.branch = branch;
  }
}
