import { entriesOf } from "../core/attest/ledger-view.ts";
import { newestDecision } from "./record-decision.ts";
import type { Gate } from "./gate.ts";
import { failureText } from "./failure-text.ts";
import { revertEnded } from "./revert-ended.ts";

/**
 * How much a sweep looks at: `everything` is what heals lost webhooks, crashes and downtime; `ends` is
 * only what the end of an access can have changed.
 */
export type SweepScope = "everything" | "ends";

/** Finds every PR that may need a look: the open ones, those merged without an entry, the revert PRs of what has ended. */
export async function sweep(gate: Gate, scope: SweepScope): Promise<readonly number[]> {
  await gate.mirror.fetch();
  await gate.ledger.sync();
  const reverts = await revertEnded(gate);
  const open = scope === "everything" ? await openPulls(gate) : [];
  return [...new Set([...open, ...reverts, ...unrecordedMerges(gate)])].sort((a, b) => a - b);
}

/** A forge that does not list them now must not keep what has ended from being looked at. */
async function openPulls({ reader, log }: Gate): Promise<readonly number[]> {
  try {
    return await reader.openPulls();
  } catch (error) {
    log("warn", "the open pull requests could not be listed", { reason: failureText(error) });
    return [];
  }
}

/** PRs that were approved and for which the ledger has no merge and no violation yet. */
function unrecordedMerges(gate: Gate): readonly number[] {
  const view = gate.ledger.view();
  const settled = new Set<number | null>([
    ...entriesOf(view, "merge").map(({ inputs }) => inputs.pull),
    ...entriesOf(view, "violation").map(({ inputs }) => inputs.pull),
  ]);
  const decided = new Set(entriesOf(view, "decision").map(({ result }) => result.decision.pull));
  return [...decided].filter((pull) => {
    const decision = newestDecision(gate, pull)?.result.decision;
    return !settled.has(pull) && decision?.verdict === "approved" && decision.kind !== "ungoverned";
  });
}
