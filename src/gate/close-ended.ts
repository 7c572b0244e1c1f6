import { entriesOf } from "../core/attest/ledger-view.ts";
import type { Decision } from "../core/model/decision.ts";
import type { EntryDraft, EntryOf } from "../core/model/entry.ts";
import type { Snapshot } from "../core/model/snapshot.ts";
import type { Gate } from "./gate.ts";

/**
 * Says whether a request is over without an approval: somebody ended it, or its time is over. Records the latter
 * (`expired-unapproved` is a state of its own, never "ended"). The caller closes the PR, once the check says why.
 */
export async function recordIfOver(
  gate: Gate,
  snapshot: Snapshot,
  { decision, entry }: { readonly decision: Decision; readonly entry: EntryOf<"decision"> },
): Promise<"over" | "goes-on"> {
  if (decision.kind !== "request" || snapshot.pull.state !== "open") return "goes-on";
  const isViolated = (code: string): boolean =>
    decision.findings.some((found) => found.code === code && found.outcome === "violated");
  if (isViolated("SOD-ENDED")) return "over";
  const [record] = snapshot.ledger.requests;
  // A name that belongs to another PR says nothing about that one's request.
  const first = entriesOf(gate.ledger.view(), "request").find(
    ({ result }) => result.name === record?.name,
  );
  if (!isViolated("SOD-TIME") || record === undefined) return "goes-on";
  if (first?.inputs.pull !== snapshot.pull.number) return "goes-on";
  await gate.ledger.append([expired(snapshot.pull.number, record.name, entry.digest)]);
  return "over";
}

function expired(pull: number, request: string, decision: string): EntryDraft {
  return {
    type: "expired-unapproved",
    idempotencyKey: `expired-unapproved:${pull}`,
    summary: `#${pull}: ${request} expired unapproved`,
    delivery: null,
    inputs: { pull, request, decision },
    result: {},
  };
}
