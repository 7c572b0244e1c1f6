import type { ChainProblem } from "../core/attest/chain-problem.ts";
import type { Entry, LedgerBranch } from "../core/model/entry.ts";

/** Entries that are known to have been in a ledger and cannot be read there. */
export interface Loss<Cause> {
  readonly branch: LedgerBranch;
  /** What is reported of it. */
  readonly cause: Cause;
  /** The places that they had, both included. */
  readonly from: number;
  readonly to: number;
  /** What the chain says about the last of them; `null` when nothing follows it. */
  readonly digest: string | null;
}

/** Lists what was lost, as far as the chain itself says so: gaps, commits without a readable entry, and replaced ones. */
export function chainLosses(
  problems: readonly ChainProblem[],
  known: readonly Entry[],
): readonly Loss<ChainProblem>[] {
  const byPlace = new Map(known.map((entry) => [placeOf(entry), entry]));
  const readable = new Set(known.map(({ commit }) => commit));
  return problems.flatMap((problem): readonly Loss<ChainProblem>[] => {
    const { branch, seq, lost, commit } = problem;
    if (lost !== undefined) {
      const { count, digest } = lost;
      return [{ branch, cause: problem, from: seq - count, to: seq - 1, digest }];
    }
    if (readable.has(commit)) return [];
    const next = byPlace.get(placeOf({ branch, seq: seq + 1 }));
    return [{ branch, cause: problem, from: seq, to: seq, digest: next?.prev ?? null }];
  });
}

function placeOf({ branch, seq }: Pick<Entry, "branch" | "seq">): string {
  return `${branch} ${seq}`;
}
