import type { Entry, EntryOf, EntryType, LedgerBranch } from "../model/entry.ts";

/**
 * Both ledgers as far as they were read and verified, with the indexes that make looking things up
 * cheap. A value: reading more of a ledger makes a new view and leaves this one alone.
 */
export interface LedgerView {
  readonly decisions: readonly Entry[];
  readonly executions: readonly Entry[];
  readonly byType: ReadonlyMap<EntryType, readonly Entry[]>;
  readonly byDigest: ReadonlyMap<string, Entry>;
  readonly byKey: ReadonlyMap<LedgerBranch, ReadonlyMap<string, Entry>>;
}

/** Names the view before anything was read. */
export const emptyView: LedgerView = {
  decisions: [],
  executions: [],
  byType: new Map(),
  byDigest: new Map(),
  byKey: new Map(),
};

/** A view that grows in place, for who reads a whole ledger: nothing is copied. */
export interface GrowingView {
  /** Shows whatever was added so far; the same object all the time. */
  readonly view: LedgerView;
  readonly add: (entries: readonly Entry[]) => void;
}

/** Starts a view that grows in place from what another one shows; the other one stays as it was. */
export function growingView(from: LedgerView = emptyView): GrowingView {
  const onBranch = {
    "audit/decisions": [...from.decisions],
    "audit/executions": [...from.executions],
  };
  const byType = new Map([...from.byType].map(([type, entries]) => [type, [...entries]]));
  const byDigest = new Map(from.byDigest);
  const byKey = new Map([...from.byKey].map(([branch, known]) => [branch, new Map(known)]));
  return {
    view: {
      decisions: onBranch["audit/decisions"],
      executions: onBranch["audit/executions"],
      byType,
      byDigest,
      byKey,
    },
    add(entries) {
      for (const entry of entries) {
        onBranch[entry.branch].push(entry);
        listIn(byType, entry.type).push(entry);
        byDigest.set(entry.digest, entry);
        const keys = byKey.get(entry.branch) ?? new Map<string, Entry>();
        byKey.set(entry.branch, keys.set(entry.idempotencyKey, entry));
      }
    },
  };
}

function listIn(lists: Map<EntryType, Entry[]>, type: EntryType): Entry[] {
  const list = lists.get(type) ?? [];
  lists.set(type, list);
  return list;
}

/** Returns the view with verified entries added at the end of their branch; the old view stays as it was. */
export function extendView(view: LedgerView, entries: readonly Entry[]): LedgerView {
  if (entries.length === 0) return view;
  const grown = growingView(view);
  grown.add(entries);
  return grown.view;
}

/** Lists the entries of one branch, oldest first. */
export function entriesOn(view: LedgerView, branch: LedgerBranch): readonly Entry[] {
  return branch === "audit/decisions" ? view.decisions : view.executions;
}

/** Lists the entries of one type, oldest first. */
export function entriesOf<T extends EntryType>(view: LedgerView, type: T): readonly EntryOf<T>[] {
  return (view.byType.get(type) ?? []) as readonly EntryOf<T>[];
}

/** Finds the entry of one type that other entries name by `digest`; of another type is not found. */
export function entryByDigest<T extends EntryType>(
  view: LedgerView,
  type: T,
  digest: string,
): EntryOf<T> | null {
  const entry = view.byDigest.get(digest);
  if (entry?.type === type) return entry as EntryOf<T>;
  return null;
}

/** Finds the entry that was written to a branch under an idempotency key. */
export function entryByKey(view: LedgerView, branch: LedgerBranch, key: string): Entry | null {
  return view.byKey.get(branch)?.get(key) ?? null;
}

/** Finds the newest entry of a branch. */
export function newestEntry(view: LedgerView, branch: LedgerBranch): Entry | null {
  return entriesOn(view, branch).at(-1) ?? null;
}
