import type { LedgerBranch } from "../model/entry.ts";

/** How far a branch was verified; a value, to go on from later. */
export interface ChainState {
  readonly branch: LedgerBranch;
  /** Number of the last entry; -1 before the first. */
  readonly seq: number;
  readonly commit: string | null;
  /** Digest of the last statement; `undefined` when it could not be read: one fault is one problem. */
  readonly digest: string | null | undefined;
  /** The last statement that could be read, -1 and no digest before the first: what follows an unreadable commit may follow it, too. */
  readonly lastRead: { readonly seq: number; readonly digest: string | null };
  readonly at: string | null;
  readonly observedSeq: number;
  readonly lastBySigner: ReadonlyMap<string, string>;
  readonly keys: ReadonlySet<string>;
}

/** Names the state of a branch before its first entry was verified. */
export function startChain(branch: LedgerBranch): ChainState {
  return {
    branch,
    seq: -1,
    commit: null,
    digest: null,
    lastRead: { seq: -1, digest: null },
    at: null,
    observedSeq: -1,
    lastBySigner: new Map(),
    keys: new Set(),
  };
}
