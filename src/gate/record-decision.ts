import { entriesOf } from "../core/attest/ledger-view.ts";
import { sha256 } from "../core/attest/digest.ts";
import { decisionFingerprint } from "../core/decide/decision-fingerprint.ts";
import type { Decision } from "../core/model/decision.ts";
import type { EntryDraft, EntryOf } from "../core/model/entry.ts";
import type { Snapshot } from "../core/model/snapshot.ts";
import type { Gate } from "./gate.ts";

/**
 * Makes a decision durable before anybody sees it (write ahead) and returns its entry. A decision that
 * would repeat the newest one of its PR is not written again. The first sight of a request also records who
 * used its name.
 */
export async function recordDecision(
  gate: Gate,
  snapshot: Snapshot,
  { decision, decidedAt }: { readonly decision: Decision; readonly decidedAt: Date },
): Promise<EntryOf<"decision">> {
  const newest = newestDecision(gate, decision.pull);
  const fingerprint = decisionFingerprint(decision);
  if (newest !== null && decisionFingerprint(newest.result.decision) === fingerprint) return newest;
  const drafts: EntryDraft[] = [
    ...firstSight(snapshot, decision),
    {
      type: "decision",
      idempotencyKey: `decision:${decision.pull}:${newest?.digest ?? "first"}:${fingerprint}`,
      summary: `#${decision.pull}: ${decision.verdict} (${decision.kind}) at ${decision.head.slice(0, 8)}`,
      delivery: null,
      inputs: { snapshot, decidedAt: decidedAt.toISOString() },
      result: { decision },
    },
  ];
  await gate.ledger.append(drafts);
  const written = newestDecision(gate, decision.pull);
  if (written === null)
    throw new Error("The ledger does not show the decision that was just appended.");
  return written;
}

/** Finds the newest decision of a PR in the ledger as last read. */
export function newestDecision({ ledger }: Gate, pull: number): EntryOf<"decision"> | null {
  return (
    entriesOf(ledger.view(), "decision").findLast(({ result }) => result.decision.pull === pull) ??
    null
  );
}

function firstSight(snapshot: Snapshot, { kind, pull, head }: Decision): readonly EntryDraft[] {
  const record = snapshot.ledger.requests[0];
  const digest = snapshot.pull.changes[0]?.text;
  if (kind !== "request" || record?.firstPull !== null || digest == null) return [];
  return [
    {
      type: "request",
      idempotencyKey: `request:${record.name}`,
      summary: `#${pull}: asks for ${record.name}`,
      delivery: null,
      inputs: {
        pull,
        head,
        path: record.path,
        digest: sha256(digest),
        author: snapshot.pull.author,
      },
      result: { name: record.name },
    },
  ];
}
