import type { CommandOutcome, ReviewOutcome } from "../../model/command.ts";
import { isPerson } from "../reroutes.ts";
import { notItsName, recordOf } from "./command-case.ts";
import type { CommandCase } from "./command-case.ts";
import { outsiderProblem } from "./outsider-problem.ts";
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
  const involved = [...review.people, ...review.parties].some((one) =>
    isPerson(governance, person, one),
  );
  const against = outsiderProblem(context, { doing: "review", involved });
  if (against !== null) return against;
  return {
    outcome: "carried-out",
    code: "CMD-REVIEWED",
    reason: `${person} reviewed it: ${outcome}.`,
    effect: { kind: "review", outcome, by: actor },
  };
}
