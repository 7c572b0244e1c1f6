import { canonicalJson } from "../core/attest/canonical-json.ts";
import { sha256 } from "../core/attest/digest.ts";
import { entriesOf } from "../core/attest/ledger-view.ts";
import { decisionFingerprint } from "../core/decide/decision-fingerprint.ts";
import { isSameFingerprint } from "../core/evaluate/fingerprint.ts";
import type { Decision } from "../core/model/decision.ts";
import type { EntryDraft, EntryOf } from "../core/model/entry.ts";
import type { Fingerprint } from "../core/model/fingerprint.ts";
import type { Json } from "../core/model/json.ts";
import type { Snapshot } from "../core/model/snapshot.ts";
import { newestDecisionOn } from "../facts/newest-decision.ts";
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
    ...firstSight(gate, snapshot, decision),
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
  return newestDecisionOn(ledger.view(), pull);
}

/**
 * The first sight of each fingerprint in a PR, with whose approval can count from now on; the first of all also claims the
 * name. What cannot be resolved yet claims the name alone.
 */
function firstSight(gate: Gate, snapshot: Snapshot, decision: Decision): readonly EntryDraft[] {
  const { kind, pull, head, fingerprint, route } = decision;
  const [record] = snapshot.ledger.requests;
  const text = snapshot.pull.changes[0]?.text;
  if (kind !== "request" || record === undefined || text == null) return [];
  const isClaimed = record.firstPull !== null;
  // Every name that a PR ever used is claimed, also when only the file was renamed.
  const isSeen =
    isClaimed &&
    (fingerprint === null ||
      entriesOf(gate.ledger.view(), "request").some(
        ({ inputs, result }) =>
          inputs.pull === pull &&
          result.fingerprint !== null &&
          isSameFingerprint(result.fingerprint, fingerprint),
      ));
  if (isSeen) return [];
  const again = `:${pull}:${sha256(canonicalJson(keyOf(fingerprint)))}`;
  return [
    {
      type: "request",
      idempotencyKey: `request:${record.name}${isClaimed ? again : ""}`,
      summary: `#${pull}: asks for ${record.name}`,
      delivery: null,
      inputs: {
        pull,
        head,
        path: record.path,
        digest: sha256(text),
        author: snapshot.pull.author,
      },
      result: { name: record.name, fingerprint, route, governance: snapshot.governance.tip },
    },
  ];
}

function keyOf(fingerprint: Fingerprint | null): Json {
  if (fingerprint === null) return null;
  const { accounts, target, entitlement } = fingerprint;
  return { accounts, target, entitlement };
}
