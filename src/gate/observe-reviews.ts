import { contentDigest } from "../core/decide/content-digest.ts";
import { governanceDigests, isGoverned } from "../core/decide/decision-digests.ts";
import type { Draft, EntryDraft } from "../core/model/entry.ts";
import { governanceFiles } from "../facts/governance-files.ts";
import { readChanges } from "../facts/read-changes.ts";
import type { Gate } from "./gate.ts";
import type { ReviewChange, ReviewSighting, Sighting } from "./sighting.ts";

/**
 * Records what reviewers saw (`approval-observed`): the digest of the governed content at the commit that
 * the webhook named, and of governance as it then was. The first observation of a review stands; a redelivery adds nothing. A commit that is no
 * longer anywhere, or that changes nothing governed, is not recorded: that review does not count. Records as well who
 * dismissed or edited a review (`review-changed`), under keys of their own: a change never stands for an observation, so
 * it makes nothing more approved.
 */
export async function observeReviews(
  gate: Gate,
  sightings: readonly ReviewSighting[],
): Promise<void> {
  if (sightings.length === 0) return;
  // What a reviewer saw includes governance as it is on the branch now.
  await gate.mirror.fetch();
  const drafts: EntryDraft[] = [];
  for (const sighting of sightings) {
    if ("change" in sighting) {
      drafts.push(changed(sighting));
      continue;
    }
    const seen = await seenContent(gate, sighting.commit);
    if (seen === null) {
      gate.log("warn", "a review of unknown content was not recorded", {
        pull: sighting.pull,
        review: sighting.review,
      });
      continue;
    }
    drafts.push(observation(sighting, seen));
  }
  if (drafts.length > 0) await gate.ledger.append(drafts);
}

type Seen = Draft<"approval-observed">["result"];

async function seenContent({ mirror, governedBranch }: Gate, commit: string): Promise<Seen | null> {
  const tip = await mirror.tip(governedBranch);
  if (tip === null || !(await mirror.has(commit))) return null;
  const base = await mirror.mergeBase(tip, commit);
  if (base === null) return null;
  const { changes } = await readChanges(mirror, base, commit);
  const digest = contentDigest(changes, isGoverned);
  if (digest === null) return null;
  return {
    contentDigest: digest,
    governance: governanceDigests(await governanceFiles(mirror, tip)),
  };
}

function observation(sighting: Sighting, seen: Seen): EntryDraft {
  const { pull, review, reviewer, state, commit, baseRef, submittedAt, delivery } = sighting;
  return {
    type: "approval-observed",
    idempotencyKey: `approval-observed:${review}`,
    summary: `#${pull}: ${reviewer.login} reviewed ${commit.slice(0, 8)} (${state})`,
    delivery,
    inputs: { pull, review, reviewer, state, commit, baseRef, submittedAt },
    result: seen,
  };
}

/** A review is dismissed once; it can be edited often, and a redelivery of an edit is the same one. */
function changed(sighting: ReviewChange): EntryDraft {
  const { pull, review, reviewer, change, by, state, commit, delivery } = sighting;
  const which = change === "edited" ? `${change}:${delivery}` : change;
  return {
    type: "review-changed",
    idempotencyKey: `review-changed:${review}:${which}`,
    summary: `#${pull}: ${by?.login ?? "somebody"} ${change} the review by ${reviewer.login}`,
    delivery,
    inputs: { pull, review, reviewer, change, by, state, commit },
    result: {},
  };
}
