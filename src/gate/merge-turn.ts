import { runInTurn } from "../record/run-in-turn.ts";
import type { InTurn } from "../record/run-in-turn.ts";
import type { Gate } from "./gate.ts";

const turns = new WeakMap<Gate, InTurn>();

/**
 * Runs the merges of one gate one after the other: two that are each approved by the governance of now need not be so after
 * the other, and what two changes of one file make together was judged by nobody.
 */
export function inMergeTurn<T>(gate: Gate, task: () => Promise<T>): Promise<T> {
  const turn = turns.get(gate) ?? runInTurn();
  turns.set(gate, turn);
  return turn(task);
}

/** Says whether governance on the branch is still what it was at `tip`, after a fetch. */
export async function isGovernanceStill(
  { mirror, governedBranch }: Gate,
  tip: string,
): Promise<boolean> {
  await mirror.fetch();
  const now = await mirror.tip(governedBranch);
  if (now === null) return false;
  const [before, after] = await Promise.all([
    mirror.entry(tip, "governance"),
    mirror.entry(now, "governance"),
  ]);
  return before !== null && before.oid === after?.oid;
}
