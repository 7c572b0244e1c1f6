import { contentDigest } from "../core/decide/content-digest.ts";
import { isGoverned } from "../core/decide/decision-digests.ts";
import type { EntryDraft } from "../core/model/entry.ts";
import { readChanges } from "../facts/read-changes.ts";
import type { Gate } from "./gate.ts";
import type { Sighting } from "./sighting.ts";

/**
 * Records what reviewers saw (`approval-observed`): the digest of the governed content at the commit that
 * the webhook named. The first observation of a review stands; a redelivery adds nothing. A commit that is no
 * longer anywhere, or that changes nothing governed, is not recorded: that review does not count.
 */
export async function observeReviews(gate: Gate, sightings: readonly Sighting[]): Promise<void> {
  const drafts: EntryDraft[] = [];
  for (const sighting of sightings) {
    const digest = await seenContent(gate, sighting.commit);
    if (digest === null) {
      gate.log("warn", "a review of unknown content was not recorded", {
        pull: sighting.pull,
        review: sighting.review,
      });
      continue;
    }
    drafts.push(observation(sighting, digest));
  }
  if (drafts.length > 0) await gate.ledger.append(drafts);
}

async function seenContent(
  { mirror, governedBranch }: Gate,
  commit: string,
): Promise<string | null> {
  if (!(await mirror.has(commit))) await mirror.fetch();
  const tip = await mirror.tip(governedBranch);
  if (tip === null || !(await mirror.has(commit))) return null;
  const base = await mirror.mergeBase(tip, commit);
  if (base === null) return null;
  const { changes } = await readChanges(mirror, base, commit);
  return contentDigest(changes, isGoverned);
}

function observation(sighting: Sighting, digest: string): EntryDraft {
  const { pull, review, reviewer, state, commit, baseRef, submittedAt, delivery } = sighting;
  return {
    type: "approval-observed",
    idempotencyKey: `approval-observed:${review}`,
    summary: `#${pull}: ${reviewer.login} reviewed ${commit.slice(0, 8)} (${state})`,
    delivery,
    inputs: { pull, review, reviewer, state, commit, baseRef, submittedAt },
    result: { contentDigest: digest },
  };
}
