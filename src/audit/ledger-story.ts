import type { Entry } from "../core/model/entry.ts";

/**
 * Puts entries of both ledgers into one order, each ledger's own kept: an entry comes after whatever of the other ledger
 * its writer had seen, and otherwise by its time. Clocks of two machines may differ; what was seen cannot be later.
 */
export function ledgerStory(entries: readonly Entry[]): readonly Entry[] {
  const decisions = onBranch(entries, "audit/decisions");
  const executions = onBranch(entries, "audit/executions");
  const story: Entry[] = [];
  for (let d = 0, e = 0; d < decisions.length || e < executions.length;) {
    const [decision, execution] = [decisions[d], executions[e]];
    const next = earlier(decision, execution);
    if (next === undefined) break;
    story.push(next);
    if (next === decision) d += 1;
    else e += 1;
  }
  return story;
}

function onBranch(entries: readonly Entry[], branch: Entry["branch"]): readonly Entry[] {
  return entries.filter((entry) => entry.branch === branch).sort((a, b) => a.seq - b.seq);
}

function earlier(decision: Entry | undefined, execution: Entry | undefined): Entry | undefined {
  if (decision === undefined || execution === undefined) return decision ?? execution;
  if ((execution.observedPeer?.seq ?? -1) >= decision.seq) return decision;
  if ((decision.observedPeer?.seq ?? -1) >= execution.seq) return execution;
  return Date.parse(execution.at) < Date.parse(decision.at) ? execution : decision;
}
