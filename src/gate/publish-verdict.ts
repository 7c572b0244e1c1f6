import type { Decision, Verdict } from "../core/model/decision.ts";
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
  own: Decision,
  state: "open" | "closed",
): Promise<Decision> {
  let shown = await worstOnHead(gate, own, state);
  for (;;) {
    await gate.writer.publishCheck(own.head, checkOf(own, shown));
    const now = await worstOnHead(gate, own, state);
    if (!(rank(now) > rank(shown))) return shown;
    shown = now;
  }
}

function checkOf(own: Decision, shown: Decision): ReturnType<typeof renderCheck> {
  const check = renderCheck(shown);
  if (shown.pull === own.pull) return check;
  const note = `This is the verdict on pull request ${shown.pull}, which has the same head commit.`;
  return { ...check, summary: `${note}\n\n${check.summary}` };
}

async function worstOnHead(
  { ledger, reader, governedBranch }: Gate,
  own: Decision,
  state: "open" | "closed",
): Promise<Decision> {
  const newest = [...newestDecisions(ledger.view()).values()].map(({ result }) => result.decision);
  const sharing = newest.filter(
    ({ pull, head, baseRef }) =>
      pull !== own.pull && head === own.head && baseRef === governedBranch,
  );
  if (sharing.length === 0) return own;
  const open = new Set(await reader.openPulls());
  const others = sharing.filter(({ pull }) => open.has(pull));
  const candidates = state === "open" ? [own, ...others] : others;
  return candidates.toSorted((a, b) => rank(b) - rank(a))[0] ?? own;
}

function rank({ verdict }: Decision): number {
  const order: readonly Verdict[] = ["approved", "pending", "denied"];
  return order.indexOf(verdict);
}
