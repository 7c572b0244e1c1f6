import { describeEntry } from "./describe-entry.ts";
import type { Description } from "./description.ts";
import { entryCommand } from "./finding.ts";
import { entriesOn } from "../core/attest/ledger-view.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import type { Entry, LedgerBranch } from "../core/model/entry.ts";

/** How one ledger of two clones compares; A is the one that was named first. */
export type LedgerComparison = { readonly branch: LedgerBranch } & (
  | { readonly state: "same"; readonly entries: number }
  | {
      readonly state: "behind";
      readonly which: "A" | "B";
      readonly by: number;
      readonly common: number;
    }
  | {
      readonly state: "forked";
      /** Number of the last entry that both have before they differ; -1 when they differ from the first on. */
      readonly after: number;
      readonly a: ForkedEntry;
      readonly b: ForkedEntry;
    }
);

/** One side of a fork: what is signed there under a number for which the other side has something else. */
export interface ForkedEntry extends Description {
  readonly seq: number;
  readonly type: Entry["type"];
  readonly at: string;
  readonly digest: string;
  readonly commit: string;
  readonly keyid: string;
  readonly command: string;
}

/**
 * Holds the verified ledgers of two clones against each other. Two signed entries under one number prove that a ledger was
 * written twice: by whoever holds the key, or by a forge that shows one history to some and another to others. The same statement in
 * another commit is a fork as well: the branch was written again.
 */
export function compareLedgers(a: LedgerView, b: LedgerView): readonly LedgerComparison[] {
  const branches: readonly LedgerBranch[] = ["audit/decisions", "audit/executions"];
  return branches.map((branch) => compareBranch(branch, a, b));
}

function compareBranch(branch: LedgerBranch, a: LedgerView, b: LedgerView): LedgerComparison {
  const others = new Map(entriesOn(b, branch).map((entry) => [entry.seq, entry]));
  let after = -1;
  for (const entry of entriesOn(a, branch)) {
    const other = others.get(entry.seq);
    // The other is behind, or has something there that does not verify: no second signed entry is seen.
    if (other === undefined) continue;
    if (!isSame(entry, other)) {
      return { branch, state: "forked", after, a: side(a, entry), b: side(b, other) };
    }
    after = entry.seq;
  }
  const [ofA, ofB] = [entriesOn(a, branch).length, entriesOn(b, branch).length];
  if (ofA === ofB) return { branch, state: "same", entries: ofA };
  const which = ofA < ofB ? "A" : "B";
  return { branch, state: "behind", which, by: Math.abs(ofA - ofB), common: Math.min(ofA, ofB) };
}

function isSame(a: Entry, b: Entry): boolean {
  return a.digest === b.digest && a.commit === b.commit;
}

function side(view: LedgerView, entry: Entry): ForkedEntry {
  const { seq, type, at, digest, commit, keyid } = entry;
  const named = (other: string): string => view.byDigest.get(other)?.type ?? other;
  const { title, details } = describeEntry(entry, named);
  return { seq, type, at, digest, commit, keyid, command: entryCommand(entry), title, details };
}
