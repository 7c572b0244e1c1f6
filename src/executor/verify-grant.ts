import { confirmDecision } from "../core/plan/confirm-decision.ts";
import type { Matched } from "../core/plan/match-decision.ts";
import type { Refusal } from "../core/plan/refusal.ts";
import { refusedForNow } from "../core/plan/refusal.ts";
import type { Executor } from "./executor.ts";
import { failureText } from "./failure-text.ts";
import { withPatience } from "./patience.ts";

export type Verified =
  | { readonly verified: "yes"; readonly notAfter: string }
  | { readonly verified: "no"; readonly refusal: Refusal };

/**
 * Verifies a matched request by the executor's own question: reads the PR through its own App and mirror,
 * decides again, and holds the recorded decision against both. Never throws: a forge that does not answer
 * refuses for now. `notAfter` is the earlier of the recorded one and its own.
 */
export async function verifyGrant(executor: Executor, { decision }: Matched): Promise<Verified> {
  const { memory, clock, patienceSeconds } = executor;
  const { pull, notAfter } = decision.result.decision;
  const { view } = memory;
  if (view === null) return no(unanswered("the ledgers were not read"));
  try {
    const reading = executor.readSnapshot(view, pull);
    const snapshot = await withPatience(clock, patienceSeconds, reading);
    const fresh = executor.decide(snapshot, clock.now());
    const refusal = confirmDecision({ recorded: decision, snapshot, fresh });
    if (refusal === null && notAfter !== null && fresh.notAfter !== null) {
      return { verified: "yes", notAfter: earlier(notAfter, fresh.notAfter) };
    }
    return no(refusal ?? unanswered("the end of the approvals is not known"));
  } catch (error) {
    return no(unanswered(failureText(error)));
  }
}

function earlier(a: string, b: string): string {
  return Date.parse(a) < Date.parse(b) ? a : b;
}

function unanswered(detail: string): Refusal {
  const reason = `What was approved could not be asked from the forge: ${detail}.`;
  return refusedForNow("EXEC-INDETERMINATE", reason);
}

function no(refusal: Refusal): Verified {
  return { verified: "no", refusal };
}
