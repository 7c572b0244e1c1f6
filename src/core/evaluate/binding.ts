import type { Observation, PullEvent, ReviewFacts, Snapshot } from "../model/snapshot.ts";
import { epochMs } from "../parse/epoch-ms.ts";

/** Whether an approval is about what would be merged now. */
export type Binding =
  | { readonly bound: "yes"; readonly observation: Observation }
  | { readonly bound: "no"; readonly code: string; readonly reason: string };

/**
 * Decides whether an approval still counts for the present content (P10, design.md §4 rule 5). What the
 * reviewer saw is what the ledger observed when the review arrived; the forge's own `commit_id` moves on a
 * force-push and proves nothing. A merge of the base branch that leaves the content alone keeps the
 * approval; any other push, a force-push, a retarget, a close or a return to draft voids it. So does what shows
 * that it was given too early or too late: the pull request was reopened or made ready after it, or merged before.
 */
export function bindApproval(
  snapshot: Snapshot,
  review: ReviewFacts,
  content: string | null,
): Binding {
  const { pull, ledger } = snapshot;
  const observation = ledger.observations.find(
    (seen) => seen.review === review.id && seen.reviewer === review.author?.id,
  );
  if (observation === undefined) {
    return no(
      "SOD-NOT-OBSERVED",
      "What it saw was not recorded when it arrived: please approve again.",
    );
  }
  if (pull.mergedAt !== null && !(epochMs(review.submittedAt) <= epochMs(pull.mergedAt))) {
    return no("SOD-VOIDED", "It was given after the merge.");
  }
  // Every kind of event voids: after a review, `ready` and `reopened` say that it was given on a draft or on a closed PR.
  const voiding = pull.events.find(
    ({ kind, at }) =>
      !(epochMs(at) < epochMs(review.submittedAt)) &&
      !(kind === "closed" && pull.mergedAt !== null && epochMs(at) >= epochMs(pull.mergedAt)),
  );
  if (voiding !== undefined) {
    return no(
      "SOD-VOIDED",
      `The pull request was ${inWords(voiding.kind)} after it: please approve again.`,
    );
  }
  if (observation.baseRef !== pull.baseRef) {
    return no("SOD-VOIDED", "It was given for another base branch: please approve again.");
  }
  if (content === null || observation.contentDigest !== content) {
    return no("SOD-OTHER-CONTENT", "It was given for other content: please approve again.");
  }
  if (observation.commit !== pull.headOid && !onlyBaseMergesSince(snapshot, observation.commit)) {
    return no("SOD-PUSHED", "Somebody pushed after it: please approve again.");
  }
  if (wasMovedAway(snapshot, review, observation.commit)) {
    return no("SOD-VOIDED", "Something else was pushed after it, and back: please approve again.");
  }
  return { bound: "yes", observation };
}

/** A push to other governed bytes after the review, though the branch is back where it was: the timeline may be late. */
function wasMovedAway({ pull }: Snapshot, { submittedAt }: ReviewFacts, seen: string): boolean {
  return pull.pushes.some(
    ({ after, at, touchesGoverned }) =>
      touchesGoverned &&
      after !== seen &&
      !(epochMs(at) < epochMs(submittedAt)) &&
      !(pull.mergedAt !== null && epochMs(at) > epochMs(pull.mergedAt)),
  );
}

/**
 * Walks from the head along first parents to `seen`: every step must be a merge of the base branch that
 * leaves the governed bytes alone.
 */
function onlyBaseMergesSince({ pull }: Snapshot, seen: string): boolean {
  const own = new Map(pull.commits.map((commit) => [commit.oid, commit]));
  let at = own.get(pull.headOid);
  for (let steps = 0; steps <= pull.commits.length && at !== undefined; steps += 1) {
    if (at.oid === seen) return true;
    const [first, second, ...more] = at.parents;
    const mergesBase = second !== undefined && more.length === 0 && !own.has(second);
    if (first === undefined || !mergesBase || at.touchesGoverned) return false;
    at = own.get(first);
  }
  return false;
}

function inWords(kind: PullEvent["kind"]): string {
  switch (kind) {
    case "force-pushed":
      return "force-pushed";
    case "base-changed":
      return "moved to another base branch";
    case "closed":
      return "closed";
    case "drafted":
      return "turned into a draft";
    case "reopened":
      return "reopened";
    case "ready":
      return "marked ready for review";
  }
}

function no(code: string, reason: string): Binding {
  return { bound: "no", code, reason };
}
