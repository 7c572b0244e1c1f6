import { decide } from "../core/decide/decide.ts";
import type { Decision } from "../core/model/decision.ts";
import type { EntryDraft, EntryOf } from "../core/model/entry.ts";
import type { Snapshot } from "../core/model/snapshot.ts";
import type { Gate } from "./gate.ts";
import { newestDecision } from "./record-decision.ts";

/**
 * Records a merge, whoever made it. The gate decides again on what was merged: only if the answer is
 * still approved, for the content and head of the newest decision, is a merge entry written; otherwise a
 * violation, which sticks (F1, F8: a merge is never proof). Repeatable.
 */
export async function recordMerge(gate: Gate, snapshot: Snapshot): Promise<void> {
  const { mergeCommit, number: pull } = snapshot.pull;
  const decision = decide(snapshot, gate.clock.now());
  if (mergeCommit === null || decision.kind === "ungoverned" || isRecorded(gate, pull)) return;
  const entry = newestDecision(gate, pull);
  const reason = whyNot(snapshot, decision, entry);
  if (reason === null && entry !== null) {
    await gate.ledger.append([merge(pull, mergeCommit, entry)]);
    return;
  }
  if (onlyCouldNotTell(decision)) {
    throw new MergeNotJudged(`The merge of #${pull} cannot be judged yet: ${reason ?? ""}`);
  }
  gate.log("error", "a pull request was merged without a valid decision", { pull });
  await gate.ledger.append([
    {
      type: "violation",
      idempotencyKey: `violation:merge:${pull}`,
      summary: `#${pull}: merged without a valid decision`,
      delivery: null,
      inputs: { pull, commit: mergeCommit, request: decision.request?.name ?? null },
      result: { code: "MERGED-WITHOUT-DECISION", detail: reason ?? "There is no decision." },
    },
  ]);
}

/** Worth a retry: facts about the merge could not be read. Until it is judged it grants nothing. */
export class MergeNotJudged extends Error {
  override readonly name = "MergeNotJudged";
}

function whyNot(
  { pull }: Snapshot,
  now: Decision,
  entry: EntryOf<"decision"> | null,
): string | null {
  const decided = entry?.result.decision;
  if (decided === undefined) return "No decision was ever made on it.";
  if (decided.verdict !== "approved") return `The newest decision on it is ${decided.verdict}.`;
  if (decided.head !== pull.headOid) return "Another head was merged than the one decided on.";
  if (decided.digests.content !== now.digests.content) return "Other content was merged.";
  if (now.verdict === "approved") return null;
  const why = now.findings.find(({ outcome }) => outcome !== "satisfied")?.reason;
  return `It is no longer approved: ${why ?? "no rule says why."}`;
}

function merge(pull: number, mergeCommit: string, entry: EntryOf<"decision">): EntryDraft {
  const { kind, request, removes, head } = entry.result.decision;
  const names = request === null ? removes : [request.name];
  return {
    type: "merge",
    idempotencyKey: `merge:${pull}`,
    summary: `#${pull}: merged as ${mergeCommit.slice(0, 8)}`,
    delivery: null,
    inputs: { pull, decision: entry.digest, head, mergeCommit },
    result: { kind: kind === "policy" || kind === "removal" ? kind : "request", requests: names },
  };
}

/** A fact that is missing now may be there in a minute; a violation would stay for ever. */
function onlyCouldNotTell({ findings }: Decision): boolean {
  return (
    findings.some(({ outcome }) => outcome === "indeterminate") &&
    !findings.some(({ outcome }) => outcome === "violated" || outcome === "pending")
  );
}

function isRecorded({ ledger }: Gate, pull: number): boolean {
  return ledger
    .view()
    .decisions.some((entry) => entry.type === "merge" && entry.inputs.pull === pull);
}
