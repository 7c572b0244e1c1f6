import { decide } from "../core/decide/decide.ts";
import type { Decision } from "../core/model/decision.ts";
import type { EntryDraft, EntryOf } from "../core/model/entry.ts";
import type { Snapshot } from "../core/model/snapshot.ts";
import { mergedContent } from "../facts/merged-content.ts";
import { commitViolation } from "./commit-violation.ts";
import type { Gate } from "./gate.ts";
import { governedPaths } from "./governed-paths.ts";
import { newestDecision } from "./record-decision.ts";

/**
 * Records a merge, whoever made it. The gate decides again on what was merged: only if the answer is
 * still approved, for the content and head of the newest decision, is a merge entry written; otherwise a
 * violation, which sticks (F1, F8: a merge is never proof). Repeatable.
 */
export async function recordMerge(gate: Gate, snapshot: Snapshot): Promise<void> {
  const { mergeCommit, headOid, baseRef, number: pull } = snapshot.pull;
  if (mergeCommit === null || baseRef !== gate.governedBranch) return;
  if (isRecorded(gate, pull, mergeCommit)) return;
  const decision = decide(snapshot, gate.clock.now());
  const entry = newestDecision(gate, pull);
  const merged = await mergedTree(gate, headOid, mergeCommit);
  if (merged?.content === null && decision.kind === "ungoverned") return;
  const against = whyNotDecided(snapshot, decision, { entry, merged });
  if (against === null && entry !== null && decision.verdict === "approved") {
    await gate.ledger.append([merge(pull, mergeCommit, entry)]);
    return;
  }
  if ((against === null || merged === null) && couldNotTell(decision, { entry, merged })) {
    throw new MergeNotJudged(`The merge of #${pull} cannot be judged yet.`);
  }
  const why = decision.findings.find(({ outcome }) => outcome !== "satisfied")?.reason;
  const detail = against ?? `It is no longer approved: ${why ?? "no rule says why."}`;
  gate.log("error", "a pull request was merged without a valid decision", { pull });
  await gate.ledger.append(
    commitViolation({
      ...{ code: "MERGED-WITHOUT-DECISION", detail, commit: mergeCommit, pull, by: [] },
      request: decision.request?.name ?? null,
      paths: merged?.paths ?? [],
      summary: `#${pull}: merged without a valid decision`,
    }),
  );
}

/** Worth a retry: facts about the merge could not be read. Until it is judged it grants nothing. */
export class MergeNotJudged extends Error {
  override readonly name = "MergeNotJudged";
}

/** What a merge did to the governed branch. */
interface MergedTree {
  readonly parents: readonly string[];
  /** Digest of what it really changes; `null`: nothing governed. */
  readonly content: string | null;
  /** Governed paths that it changes. */
  readonly paths: readonly string[];
}

/** Reads what the merge really changes; `null` while git does not show it. */
async function mergedTree(
  { mirror }: Gate,
  head: string,
  mergeCommit: string,
): Promise<MergedTree | null> {
  if (!(await mirror.has(head)) || !(await mirror.has(mergeCommit))) return null;
  const since = await mirror.commitsBetween(head, mergeCommit);
  const node = since.find(({ oid }) => oid === mergeCommit);
  if (node === undefined) return null;
  const content = await mergedContent(mirror, node);
  return { parents: node.parents, content, paths: await governedPaths(mirror, node) };
}

/** What speaks against the merge whatever can be read today. */
function whyNotDecided(
  { pull }: Snapshot,
  { kind }: Decision,
  { entry, merged }: Merged,
): string | null {
  const decided = entry?.result.decision;
  if (decided === undefined) return "No decision was ever made on it.";
  if (decided.verdict !== "approved") return `The newest decision on it is ${decided.verdict}.`;
  if (decided.head !== pull.headOid) return "Another head was merged than the one decided on.";
  if (decided.kind !== kind || decided.digests.content !== merged?.content)
    return "Other content was merged.";
  // Squashed or rebased, the head that people approved is in no clone, and nobody can check what became of it.
  if (merged.parents.length !== 2 || merged.parents[1] !== decided.head)
    return "It was not merged by a merge commit of the head decided on.";
  return null;
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

interface Merged {
  readonly entry: EntryOf<"decision"> | null;
  /** `null`: git does not show it yet. */
  readonly merged: MergedTree | null;
}

/**
 * A fact that is missing now may be there in a minute; a violation would stay for ever. But what was recorded as not
 * approved was not, whatever is missing.
 */
function couldNotTell({ findings }: Decision, { entry, merged }: Merged): boolean {
  const decided = entry?.result.decision;
  if (merged === null) {
    return decided === undefined || decided.verdict === "approved" || decided.kind === "ungoverned";
  }
  return findings.some(({ outcome }) => outcome === "indeterminate");
}

/**
 * A merge that was judged a violation stays one, also when somebody cleared it: clearing grants nothing. Other violations of
 * the same PR say nothing about its merge.
 */
function isRecorded({ ledger }: Gate, pull: number, mergeCommit: string): boolean {
  return ledger
    .view()
    .decisions.some(
      (entry) =>
        (entry.type === "merge" && entry.inputs.pull === pull) ||
        (entry.type === "violation" && entry.inputs.commit === mergeCommit),
    );
}
