import type { DecidedRequest, Decision } from "../model/decision.ts";
import type { EntryOf } from "../model/entry.ts";
import type { DecisionIndex } from "./decision-index.ts";
import type { Refusal } from "./refusal.ts";
import { refusedForGood, refusedForNow } from "./refusal.ts";
import { voidedBy } from "./voided.ts";

/** A file under `access-requests/` at the tip of the governed branch. */
export interface RequestFile {
  readonly path: string;
  readonly mode: string;
  /** `sha256:…` of its bytes. */
  readonly digest: string;
}

/** The governed branch as the executor's own mirror shows it. */
export interface GovernedBranch {
  readonly name: string;
  /** Parents of every first-parent commit, by oid. */
  readonly history: ReadonlyMap<string, readonly string[]>;
}

/** The one decision and the one merge that a request file rests on. */
export interface Matched {
  readonly name: string;
  readonly path: string;
  readonly request: DecidedRequest;
  readonly decision: EntryOf<"decision">;
  readonly merge: EntryOf<"merge">;
}

export type Match =
  | { readonly match: "yes"; readonly matched: Matched }
  | { readonly match: "no"; readonly refusal: Refusal; readonly decision: string | null };

/**
 * Finds the decision that makes a file on the governed branch a grant that should be in effect (design.md
 * §2, *matching*): one merge entry names it, the merge is on the branch with the approved head as its second
 * parent, the bytes are the decided ones, and nothing voids it. Whatever is not all of that is refused: a
 * merge alone proves nothing (F1, F8).
 */
export function matchDecision(
  file: RequestFile,
  index: DecisionIndex,
  branch: GovernedBranch,
): Match {
  const name = requestName(file.path);
  const [merge, ...others] = index.mergesByRequest.get(name) ?? [];
  if (merge === undefined) return no(noMergeEntry(file), null);
  const digest = merge.inputs.decision;
  const named = index.mergesByDecision.get(digest);
  if (others.length > 0 || named?.length !== 1) {
    const reason = `More than one merge entry names ${name} or its decision: a name and a decision are used once.`;
    return no(refusedForGood("EXEC-MANY-MERGES", reason), digest);
  }
  const decision = index.byDigest.get(digest);
  if (decision === undefined) {
    const reason = `The merge entry of ${name} names a decision that is not in the ledger.`;
    return no(refusedForNow("EXEC-NO-DECISION", reason), null);
  }
  const { request } = decision.result.decision;
  if (request?.path !== file.path) return no(otherRequest(file), digest);
  const refusal =
    decisionRefusal(file, request, decision, branch.name) ??
    mergeRefusal(name, index, merge, decision, branch) ??
    voidedBy(index, decision, merge.inputs.mergeCommit);
  if (refusal === null) {
    return { match: "yes", matched: { name, path: file.path, request, decision, merge } };
  }
  return no(refusal, digest);
}

/** Reads the name of a request from its path: the file name without `.yaml`. */
export function requestName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.yaml$/u, "");
}

function decisionRefusal(
  file: RequestFile,
  request: DecidedRequest,
  { result: { decision } }: EntryOf<"decision">,
  branchName: string,
): Refusal | null {
  if (decision.kind !== "request" || request.name !== requestName(file.path)) {
    return otherRequest(file);
  }
  if (decision.verdict !== "approved") {
    return refusedForGood(
      "EXEC-NOT-APPROVED",
      `The decision it was merged by is ${decision.verdict}.`,
    );
  }
  if (decision.baseRef !== branchName) {
    const reason = `The decision is about a merge into ${decision.baseRef}, not into ${branchName}.`;
    return refusedForGood("EXEC-OTHER-BRANCH", reason);
  }
  if (file.mode === "100644" && file.digest === request.digest) return null;
  const reason = `${file.path} has other bytes than the approved ones: remove it and open a new request.`;
  return refusedForGood("EXEC-CONTENT-DIFFERS", reason);
}

function mergeRefusal(
  name: string,
  index: DecisionIndex,
  merge: EntryOf<"merge">,
  { digest, seq, result: { decision } }: EntryOf<"decision">,
  { history }: GovernedBranch,
): Refusal | null {
  const parents = history.get(merge.inputs.mergeCommit);
  if (parents === undefined) {
    const reason = `Its merge ${merge.inputs.mergeCommit} is not a first-parent commit of the governed branch.`;
    return refusedForNow("EXEC-MERGE-NOT-ON-MAIN", reason);
  }
  const isApprovedHead =
    parents.length === 2 && parents[1] === decision.head && merge.inputs.head === decision.head;
  if (!isApprovedHead || merge.inputs.pull !== decision.pull || !(merge.seq > seq)) {
    const reason = "What was merged is not the head that was approved: open a new request.";
    return refusedForGood("EXEC-HEAD-DIFFERS", reason);
  }
  if (index.removalsByRequest.has(name)) {
    const reason = `A merged removal names ${name}: a name is used once, open a new request.`;
    return refusedForGood("EXEC-REMOVED", reason);
  }
  if (index.lapsed.has(digest)) return approvalsLapsed(decision);
  return lapseRefusal(decision, new Date(merge.at));
}

/** Refuses what comes at or after the end of its approvals; without an end they never held. */
export function lapseRefusal(decision: Decision, at: Date): Refusal | null {
  if (at.getTime() < Date.parse(decision.notAfter ?? "")) return null;
  return approvalsLapsed(decision);
}

function approvalsLapsed({ notAfter }: Decision): Refusal {
  const reason = `Its approvals lapsed at ${notAfter ?? "an unknown time"}: open a new request.`;
  return refusedForGood("EXEC-LAPSED", reason);
}

function noMergeEntry({ path }: RequestFile): Refusal {
  const reason = `No merge entry names ${path}: whoever merged it, nothing shows that it was approved.`;
  return refusedForNow("EXEC-NO-MERGE-ENTRY", reason);
}

function otherRequest({ path }: RequestFile): Refusal {
  const reason = `The decision it was merged by is not about ${path}.`;
  return refusedForGood("EXEC-OTHER-REQUEST", reason);
}

function no(refusal: Refusal, decision: string | null): Match {
  return { match: "no", refusal, decision };
}
