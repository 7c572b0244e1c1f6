import type { Entry, EntryOf } from "../model/entry.ts";
import { clearingsOf } from "./open-violations.ts";

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
  const made = decisions.filter((entry) => entry.type === "decision");
  const merges = decisions.filter((entry) => entry.type === "merge");
  const cleared = clearingsOf(decisions);
  return {
    byDigest: new Map(made.map((entry) => [entry.digest, entry])),
    byPull: Map.groupBy(made, ({ result }) => result.decision.pull),
    mergesByRequest: byRequest(merges, "request"),
    mergesByDecision: Map.groupBy(merges, ({ inputs }) => inputs.decision),
    removalsByRequest: byRequest(merges, "removal"),
    endings: Map.groupBy(
      decisions.filter((entry) => entry.type === "ending"),
      ({ inputs }) => inputs.request,
    ),
    violations: decisions.filter(
      (entry) => entry.type === "violation" && !cleared.has(entry.seq),
    ) as readonly EntryOf<"violation">[],
    lapsed: new Set(
      decisions.flatMap((entry) => (entry.type === "lapsed" ? [entry.inputs.decision] : [])),
    ),
  };
}

function byRequest(
  merges: readonly EntryOf<"merge">[],
  kind: "request" | "removal",
): ReadonlyMap<string, readonly EntryOf<"merge">[]> {
  const found = new Map<string, EntryOf<"merge">[]>();
  for (const merge of merges.filter(({ result }) => result.kind === kind)) {
    for (const request of new Set(merge.result.requests)) {
      found.set(request, [...(found.get(request) ?? []), merge]);
    }
  }
  return found;
}
