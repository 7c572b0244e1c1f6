import { entriesOf } from "../attest/ledger-view.ts";
import type { LedgerView } from "../attest/ledger-view.ts";
import type { Entry, EntryOf } from "../model/entry.ts";

/** Who cleared a violation, by the sequence number of its entry. */
export type Clearings = ReadonlyMap<number, EntryOf<"command">>;

/** Finds which violations a named person has cleared; nothing else ever clears one (design.md §5). */
export function clearingsOf(decisions: readonly Entry[]): Clearings {
  const cleared = new Map<number, EntryOf<"command">>();
  for (const entry of decisions) {
    const violation = clearedBy(entry);
    if (violation === null || entry.type !== "command" || cleared.has(violation)) continue;
    cleared.set(violation, entry);
  }
  return cleared;
}

/** The sequence number of the violation that an entry clears; `null` for one that clears none before it. */
export function clearedBy(entry: Entry): number | null {
  if (entry.type !== "command" || entry.result.effect?.kind !== "clearing") return null;
  const { violation } = entry.result.effect;
  return violation < entry.seq ? violation : null;
}

const ofCommits = new Set(["DIRECT-PUSH", "MERGED-WITHOUT-DECISION"]);

/** Lists the commits of the governed branch that the gate recorded as decided by nobody, cleared or not. */
export function commitsUndecided(view: LedgerView): ReadonlySet<string> {
  return new Set(
    entriesOf(view, "violation").flatMap(({ inputs: { commit }, result: { code } }) =>
      commit !== null && ofCommits.has(code) ? [commit] : [],
    ),
  );
}
