import { anchorTrailers } from "../core/attest/anchor-trailers.ts";
import { newestEntry } from "../core/attest/ledger-view.ts";
import type { Decision } from "../core/model/decision.ts";
import type { EntryOf } from "../core/model/entry.ts";
import type { Snapshot } from "../core/model/snapshot.ts";
import type { MergeOutcome } from "../ports/forge-writer.ts";
import type { Gate } from "./gate.ts";

/**
 * Merges an approved pull request at exactly the decided head. The trailers anchor the ledger in a commit
 * that the forge signs: an auditor finds the decision from the merge, and the ledger's length at that time.
 */
export async function mergeApproved(
  gate: Gate,
  { decision }: { readonly snapshot: Snapshot; readonly decision: Decision },
  entry: EntryOf<"decision">,
): Promise<MergeOutcome> {
  const head = newestEntry(gate.ledger.view(), "audit/decisions") ?? entry;
  const trailers = anchorTrailers({ decision: entry.digest, head });
  return gate.writer.merge(
    decision.pull,
    decision.head,
    `${subject(decision)} (#${decision.pull})`,
    `Decided by Countersign; the decision is in audit/decisions.\n\n${trailers}`,
  );
}

function subject({ kind, request, removes }: Decision): string {
  switch (kind) {
    case "request":
      return `Grant ${request?.name ?? "access"}`;
    case "removal":
      // The forge cuts a long subject; what was removed is in the decision, and in the tree.
      return removes.length > 3
        ? `Remove ${removes.length} requests`
        : `Remove ${removes.join(", ")}`;
    case "policy":
      return "Change governance";
    case "ungoverned":
    case "mixed":
      return "Merge";
  }
}
