import type { MissingFact, PullEvent } from "../../core/model/snapshot.ts";
import { accountOf } from "./accounts.ts";
import type { TimelineAnswer } from "./pull-answer.ts";
import { dismissalEvent } from "./read-dismissals.ts";
import type { ReadFact } from "./read-fact.ts";

/**
 * Reads the events that void approvals, sorted by time. Dismissals are `readDismissals`'s; an event that
 * neither knows is `missing`.
 */
export function readEvents(nodes: readonly TimelineAnswer[]): ReadFact<readonly PullEvent[]> {
  const value: PullEvent[] = [];
  const missing: MissingFact[] = [];
  for (const node of nodes) {
    if (node.__typename === dismissalEvent) continue;
    const kind = kinds.get(node.__typename);
    if (kind === undefined || node.createdAt === undefined) {
      missing.push({ fact: "timeline", reason: `GitHub names an event ${node.__typename}` });
      continue;
    }
    value.push({ kind, at: node.createdAt, actor: accountOf(node.actor), heads: headsOf(node) });
  }
  return { value: value.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)), missing };
}

function headsOf(node: TimelineAnswer): PullEvent["heads"] {
  if (kinds.get(node.__typename) !== "force-pushed") return null;
  return { before: node.beforeCommit?.oid ?? null, after: node.afterCommit?.oid ?? null };
}

const kinds: ReadonlyMap<string, PullEvent["kind"]> = new Map([
  ["HeadRefForcePushedEvent", "force-pushed"],
  ["BaseRefChangedEvent", "base-changed"],
  ["ClosedEvent", "closed"],
  ["ReopenedEvent", "reopened"],
  ["ConvertToDraftEvent", "drafted"],
  ["ReadyForReviewEvent", "ready"],
]);
