import type { Decision, Verdict } from "../core/model/decision.ts";
import type { Snapshot } from "../core/model/snapshot.ts";
import { planRequest } from "../core/plan/request-plan.ts";
import { renderCheck } from "../core/render/render-check.ts";
import { newestDecisions } from "../facts/newest-decision.ts";
import type { Gate } from "./gate.ts";

/**
 * Publishes a verdict on its head and returns the decision that is shown there. A check stands on a commit, not on a
 * pull request, so the worst verdict among the open pull requests with this head is shown (E3). The decision must be on
 * the ledger already: what another look recorded meanwhile is found by asking once more after writing.
 */
export async function publishVerdict(
  gate: Gate,
  own: Decided,
  state: "open" | "closed",
): Promise<Decision> {
  let shown = await worstOnHead(gate, own, state);
  for (;;) {
    await gate.writer.publishCheck(own.decision.head, checkOf(own, shown));
    const now = await worstOnHead(gate, own, state);
    if (!(rank(now) > rank(shown))) return shown.decision;
    shown = now;
  }
}

/** A decision with what it rests on: the check says from both what would be granted. */
export interface Decided {
  readonly snapshot: Snapshot;
  readonly decision: Decision;
}

function checkOf(own: Decided, { snapshot, decision }: Decided): ReturnType<typeof renderCheck> {
  const check = renderCheck(decision, planRequest(snapshot, decision));
  if (decision.pull === own.decision.pull) return check;
  const note = `This is the verdict on pull request ${decision.pull}, which has the same head commit.`;
  return { ...check, summary: `${note}\n\n${check.summary}` };
}

async function worstOnHead(
  { ledger, reader, governedBranch }: Gate,
  own: Decided,
  state: "open" | "closed",
): Promise<Decided> {
  const sharing = [...newestDecisions(ledger.view()).values()]
    .map(({ inputs, result }) => ({ snapshot: inputs.snapshot, decision: result.decision }))
    .filter(
      ({ decision: { pull, head, baseRef } }) =>
        pull !== own.decision.pull && head === own.decision.head && baseRef === governedBranch,
    );
  if (sharing.length === 0) return own;
  const open = new Set(await reader.openPulls());
  const others = sharing.filter(({ decision }) => open.has(decision.pull));
  const candidates = state === "open" ? [own, ...others] : others;
  return candidates.toSorted((a, b) => rank(b) - rank(a))[0] ?? own;
}

function rank({ decision }: Decided): number {
  const order: readonly Verdict[] = ["approved", "pending", "denied"];
  return order.indexOf(decision.verdict);
}
