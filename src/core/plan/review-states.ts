import { entriesOf } from "../attest/ledger-view.ts";
import type { LedgerView } from "../attest/ledger-view.ts";
import type { ReviewOutcome } from "../model/emergency.ts";

/** A review that was asked for after access had ended, and where it stands. */
export interface ReviewState {
  readonly request: string;
  readonly pull: number;
  readonly issue: number;
  readonly due: string;
  readonly state: "due" | "overdue" | ReviewOutcome;
}

/** Lists every review that was asked for, oldest first. Half-open: at its due time it is overdue. */
export function reviewStates(view: LedgerView, now: Date): readonly ReviewState[] {
  const given = new Map<number, ReviewOutcome>();
  for (const { inputs, result } of entriesOf(view, "command")) {
    if (result.effect?.kind === "review" && !given.has(inputs.pull)) {
      given.set(inputs.pull, result.effect.outcome);
    }
  }
  return entriesOf(view, "review-opened").map(({ inputs: { request, pull }, result }) => {
    const { issue, due } = result;
    const waits = now.getTime() < Date.parse(due) ? "due" : "overdue";
    return { request, pull, issue, due, state: given.get(pull) ?? waits };
  });
}
