import type { Denial } from "../model/fingerprint.ts";
import type { Governance } from "../model/governance.ts";
import type { Observation, ReviewFacts, Snapshot } from "../model/snapshot.ts";
import type { Case } from "./case.ts";
import type { Identity } from "./people.ts";
import { personNamed } from "./people.ts";
import { isWithinWindow } from "./linked-pulls.ts";
import { epochMs } from "../parse/epoch-ms.ts";

/** A review with the person behind it. */
export interface SeenReview {
  readonly review: ReviewFacts;
  readonly identity: Identity;
  /** It asked for changes, or did until it was dismissed. */
  readonly isDenial: boolean;
}

export interface DenialContext {
  readonly given: Case;
  readonly governance: Governance;
  readonly seen: readonly SeenReview[];
  readonly mayDeny: (person: string) => boolean;
  /** Approvals of the present bytes that are in force, whether or not their givers may fill a step. */
  readonly present: readonly SeenReview[];
}

/**
 * Lists the denials in force, sorted: those of this PR, those that earlier decisions remember, and those on linked PRs inside the
 * policy's window, whatever became of these (design.md §4 rules 6 and 7). A denial stays when it is dismissed by whomever, when its giver loses the role, and when
 * the same is asked for elsewhere; it is lifted by a later approval of the present bytes by its giver, and by nothing
 * else. Of a linked PR only what was denied before a merge of this one counts: after it, access is ended by revoking.
 */
export function standingDenials(context: DenialContext): readonly Denial[] {
  const { given, governance, present } = context;
  const { ledger, pull } = given.snapshot;
  const linked = ledger.linked
    .flatMap(({ remembered }) => remembered.denials)
    .filter(({ at }) => isWithinWindow(given, at))
    .filter(({ at }) => pull.mergedAt === null || epochMs(at) <= epochMs(pull.mergedAt));
  // By giver too: however a memory came to name two for one review, the one that was lifted hides no other.
  const byReview = new Map<string, Denial>();
  for (const denial of [...ledger.remembered.denials, ...linked, ...ownDenials(context)]) {
    const key = `${denial.review} ${denial.principal}`;
    if (!byReview.has(key)) byReview.set(key, denial);
  }
  return [...byReview.values()]
    .filter((denial) => !present.some((approval) => lifts(governance, approval, denial)))
    .sort((a, b) => a.review - b.review || a.principal - b.principal);
}

function ownDenials({ given, seen, mayDeny }: DenialContext): readonly Denial[] {
  const { pull } = given.snapshot;
  return seen.flatMap(({ review, identity, isDenial }) => {
    if (!isDenial || identity.kind !== "person" || review.author === null) return [];
    if (!mayDeny(identity.name)) return [];
    return [
      {
        pull: pull.number,
        review: review.id,
        person: identity.name,
        principal: review.author.id,
        at: review.submittedAt,
      },
    ];
  });
}

/** A dismissed review no longer says what it was: the timeline and the ledger do, and where neither does it may have been one. */
export function wasDenial(
  { id, state, dismissal }: Snapshot["pull"]["reviews"][number],
  observations: readonly Observation[],
): boolean {
  if (state === "CHANGES_REQUESTED") return true;
  if (state !== "DISMISSED") return false;
  const isKnown = dismissal !== null && dismissal.was !== "UNKNOWN";
  const was = isKnown ? dismissal.was : observations.find(({ review }) => review === id)?.state;
  return was !== "APPROVED" && was !== "COMMENTED";
}

function lifts(
  governance: Governance,
  { review, identity }: SeenReview,
  { principal, review: denied, at }: Denial,
): boolean {
  if (identity.kind !== "person") return false;
  // By account and not by name: people.yaml can give a name to somebody else.
  const accounts = personNamed(governance, identity.name)?.accounts ?? [];
  const isGiver = accounts.some(({ id }) => id === principal);
  const later = epochMs(review.submittedAt) - epochMs(at);
  return isGiver && (later > 0 || (later === 0 && review.id > denied));
}
