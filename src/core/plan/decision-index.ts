import type { Entry, EntryOf } from "../model/entry.ts";
import { clearedBy } from "./open-violations.ts";

/** The decisions ledger, looked up the ways that matching needs. Oldest first in every list. */
export interface DecisionIndex {
  readonly byDigest: ReadonlyMap<string, EntryOf<"decision">>;
  readonly byPull: ReadonlyMap<number, readonly EntryOf<"decision">[]>;
  /** Merge entries of kind `request`, by the request they name. */
  readonly mergesByRequest: ReadonlyMap<string, readonly EntryOf<"merge">[]>;
  /** Merge entries of every kind, by the decision they name. */
  readonly mergesByDecision: ReadonlyMap<string, readonly EntryOf<"merge">[]>;
  /** Merge entries of kind `removal`, by the request whose file they delete. */
  readonly removalsByRequest: ReadonlyMap<string, readonly EntryOf<"merge">[]>;
  /** By the request they end before its time. */
  readonly endings: ReadonlyMap<string, readonly EntryOf<"ending">[]>;
  /** Those that nobody has cleared. */
  readonly violations: readonly EntryOf<"violation">[];
  /** Digests of decisions that the gate recorded as lapsed. */
  readonly lapsed: ReadonlySet<string>;
}

/** Reads the decisions ledger once, so that a thousand requests are matched in one walk. */
export function indexDecisions(decisions: readonly Entry[]): DecisionIndex {
  const index = growingDecisions();
  decisions.forEach((entry) => index.add(entry));
  return index.index;
}

/** Makes an empty index that grows in place, one entry after the other in the order of the ledger. */
export function growingDecisions(): {
  readonly index: DecisionIndex;
  readonly add: (entry: Entry) => void;
} {
  const byDigest = new Map<string, EntryOf<"decision">>();
  const byPull = new Map<number, EntryOf<"decision">[]>();
  const mergesByRequest = new Map<string, EntryOf<"merge">[]>();
  const mergesByDecision = new Map<string, EntryOf<"merge">[]>();
  const removalsByRequest = new Map<string, EntryOf<"merge">[]>();
  const endings = new Map<string, EntryOf<"ending">[]>();
  const violations: EntryOf<"violation">[] = [];
  const lapsed = new Set<string>();
  const addMerge = (merge: EntryOf<"merge">): void => {
    listIn(mergesByDecision, merge.inputs.decision).push(merge);
    const { kind, requests } = merge.result;
    if (kind !== "request" && kind !== "removal") return;
    const lists = kind === "request" ? mergesByRequest : removalsByRequest;
    for (const request of new Set(requests)) listIn(lists, request).push(merge);
  };
  const addDecision = (entry: EntryOf<"decision">): void => {
    byDigest.set(entry.digest, entry);
    listIn(byPull, entry.result.decision.pull).push(entry);
  };
  return {
    index: {
      ...{ byDigest, byPull, mergesByRequest, mergesByDecision, removalsByRequest },
      ...{ endings, violations, lapsed },
    },
    add(entry) {
      if (entry.type === "decision") addDecision(entry);
      if (entry.type === "merge") addMerge(entry);
      if (entry.type === "ending") listIn(endings, entry.inputs.request).push(entry);
      if (entry.type === "violation") violations.push(entry);
      if (entry.type === "lapsed") lapsed.add(entry.inputs.decision);
      const cleared = clearedBy(entry);
      const at = violations.findIndex(({ seq }) => seq === cleared);
      if (at >= 0) violations.splice(at, 1);
    },
  };
}

function listIn<K, V>(lists: Map<K, V[]>, key: K): V[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
