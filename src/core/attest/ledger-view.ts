import type { Entry, EntryOf, EntryType, LedgerBranch } from "../model/entry.ts";

/** Finds an entry by a text of its own. */
export type EntryLookup = Pick<ReadonlyMap<string, Entry>, "get" | "has">;

/**
 * Both ledgers as far as they were read and verified, with the indexes that make looking things up
 * cheap. A value: reading more of a ledger makes a new view and leaves this one alone.
 */
export interface LedgerView {
  readonly decisions: readonly Entry[];
  readonly executions: readonly Entry[];
  readonly byType: ReadonlyMap<EntryType, readonly Entry[]>;
  readonly byDigest: EntryLookup;
  readonly byKey: ReadonlyMap<LedgerBranch, EntryLookup>;
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

/** Starts an empty view that grows in place. */
export function growingView(): GrowingView {
  const onBranch: Record<LedgerBranch, Entry[]> = { "audit/decisions": [], "audit/executions": [] };
  const byType = new Map<EntryType, Entry[]>();
  const byDigest = new Map<string, Entry>();
  const byKey = new Map<LedgerBranch, Map<string, Entry>>();
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
  const { index, size } = growableIndex(view, entries);
  for (const [at, entry] of entries.entries()) indexEntry(index, entry, size + at);
  const onBranch = Map.groupBy(entries, ({ branch }) => branch);
  const byType = new Map(view.byType);
  for (const [type, added] of Map.groupBy(entries, (entry) => entry.type)) {
    byType.set(type, [...(view.byType.get(type) ?? []), ...added]);
  }
  const grown = {
    decisions: [...view.decisions, ...(onBranch.get("audit/decisions") ?? [])],
    executions: [...view.executions, ...(onBranch.get("audit/executions") ?? [])],
    byType,
    ...lookups(index, size + entries.length),
  };
  indexes.set(grown, index);
  index.newest = grown;
  return grown;
}

/**
 * What views that grew from one another share, so that one more entry costs no copy of all that were there. Each text knows
 * as how-manieth its entry was added: a view does not see what came after it.
 */
interface SharedIndex {
  readonly byDigest: Map<string, Indexed>;
  readonly byKey: ReadonlyMap<LedgerBranch, Map<string, Indexed>>;
  /** The one view that may add to it: another that grew as well would add something else. */
  newest: LedgerView;
}

interface Indexed {
  readonly entry: Entry;
  readonly order: number;
}

const indexes = new WeakMap<LedgerView, SharedIndex>();

/** The index of the view, or a copy where another view has grown from it, or a text would stand for a second entry. */
function growableIndex(
  view: LedgerView,
  entries: readonly Entry[],
): { readonly index: SharedIndex; readonly size: number } {
  const size = view.decisions.length + view.executions.length;
  const shared = indexes.get(view);
  const isFree =
    shared?.newest === view &&
    entries.every(
      ({ branch, digest, idempotencyKey }) =>
        !shared.byDigest.has(digest) && shared.byKey.get(branch)?.has(idempotencyKey) !== true,
    );
  if (isFree) return { index: shared, size };
  const copy: SharedIndex = {
    byDigest: new Map(),
    byKey: new Map([
      ["audit/decisions", new Map()],
      ["audit/executions", new Map()],
    ]),
    newest: view,
  };
  [...view.decisions, ...view.executions].forEach((entry, order) => indexEntry(copy, entry, order));
  return { index: copy, size };
}

function indexEntry({ byDigest, byKey }: SharedIndex, entry: Entry, order: number): void {
  byDigest.set(entry.digest, { entry, order });
  byKey.get(entry.branch)?.set(entry.idempotencyKey, { entry, order });
}

function lookups({ byDigest, byKey }: SharedIndex, size: number) {
  return {
    byDigest: lookupIn(byDigest, size),
    byKey: new Map([...byKey].map(([branch, keys]) => [branch, lookupIn(keys, size)])),
  };
}

function lookupIn(entries: ReadonlyMap<string, Indexed>, size: number): EntryLookup {
  const get = (text: string): Entry | undefined => {
    const found = entries.get(text);
    return found !== undefined && found.order < size ? found.entry : undefined;
  };
  return { get, has: (text) => get(text) !== undefined };
}

/**
 * Shows the ledgers as of an instant: only what was written until then, by the time that each entry carries, which its writer
 * gave it.
 */
export function viewAsOf({ decisions, executions }: LedgerView, instant: Date): LedgerView {
  const until = [...decisions, ...executions].filter(
    ({ at }) => Date.parse(at) <= instant.getTime(),
  );
  return extendView(emptyView, until);
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
