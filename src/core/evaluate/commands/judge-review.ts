import type { CommandOutcome } from "../../model/command.ts";
import type { ReviewOutcome } from "../../model/command.ts";
import { hasReviewed } from "./has-reviewed.ts";
import { hadAPart } from "../exclusions.ts";
import { isPerson } from "../reroutes.ts";
import { requesterSet } from "../requester-set.ts";
import { roleHolders } from "../role-holders.ts";
import { notItsName, recordOf } from "./command-case.ts";
import type { CommandCase } from "./command-case.ts";
import { refuse } from "./refuse.ts";

/**
 * Judges what somebody says of access that has ended: a holder of `post-reviewer` without a part in it, who neither asked nor
 * approved nor rerouted it, once (P9; NIST SP 800-53 AC-6(9)). What was said stays on record.
 */
export function judgeReview(context: CommandCase, outcome: ReviewOutcome): CommandOutcome {
  const record = recordOf(context);
  if (record === null) return notItsName;
  const { given, governance, person, actor } = context;
  const review = given.snapshot.ledger.reviews.find(({ request }) => request === record.name);
  if (review === undefined) {
    return refuse(
      "CMD-NO-REVIEW",
      "No review of it is due: one is opened when its access has ended.",
    );
  }
  if (review.outcome !== null) {
    return refuse("CMD-REVIEWED-BEFORE", `${review.outcome.by.person} reviewed it already.`);
  }
  if (record.access !== "ended" && record.access !== "failed") {
    return refuse("CMD-NOT-ENDED", "Its access has not ended yet.");
  }
  const holders = roleHolders(governance, given.snapshot, "post-reviewer", context.path);
  if (!holders.includes(person)) {
    const who = holders.length === 0 ? "nobody" : holders.join(", ");
    return refuse("CMD-ROLE", `Only the role post-reviewer may review it: ${who}.`);
  }
  const requesters = requesterSet(given, governance);
  if (requesters.unresolved.length > 0) {
    return refuse("CMD-CONTRIBUTORS", "Not everybody who had a part in it is known.");
  }
  const isParty =
    hasReviewed(given, governance, person) ||
    [...review.people, ...review.parties].some((one) => isPerson(governance, person, one));
  if (isParty || hadAPart(given, governance, { person, requesters })) {
    return refuse("CMD-OWN-REQUEST", `${person} has a part in it, so cannot review it.`);
  }
  return {
    outcome: "carried-out",
    code: "CMD-REVIEWED",
    reason: `${person} reviewed it: ${outcome}.`,
    effect: { kind: "review", outcome, by: actor },
  };
}
