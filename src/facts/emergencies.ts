import type { LedgerView } from "../core/attest/ledger-view.ts";
import { entriesOf, entryByDigest } from "../core/attest/ledger-view.ts";
import { accountIdsOf } from "../core/evaluate/people.ts";
import type { NamedPerson } from "../core/model/command.ts";
import type { EmergencyRecord, ReviewRecord } from "../core/model/emergency.ts";
import { dueReviews } from "../core/plan/due-reviews.ts";
import { reviewOutcome } from "../core/plan/review-states.ts";
import { askersOf, partiesOf } from "./decision-parties.ts";
import { isBefore, mayGrant, mergeOf } from "./linked-pulls.ts";
import type { RequestQuestion } from "./request-question.ts";

/** Lists the emergencies of who asks or receives here that were merged before this one and gave access or still can, oldest first. */
export function emergencies(
  view: LedgerView,
  question: RequestQuestion,
): readonly EmergencyRecord[] {
  const own = mergeOf(view, question.pull);
  return entriesOf(view, "merge").flatMap((merge) => {
    const { pull, decision: digest } = merge.inputs;
    const entry = entryByDigest(view, "decision", digest);
    const request = entry?.result.decision.request ?? null;
    if (entry === null || request?.kind !== "BreakGlassRequest" || pull === question.pull) {
      return [];
    }
    if (!isBefore(merge, own) || !mayGrant(view, merge)) return [];
    const people = askersOf(entry);
    if (!people.some((one) => isAsking(question, one))) return [];
    return [{ request: request.name, pull, mergedAt: merge.at, people }];
  });
}

/**
 * Lists the review of this PR's own access, whatever governance knows of it now, and those of others of who asks or receives
 * here, oldest first.
 */
export function reviews(
  view: LedgerView,
  pull: number,
  question: RequestQuestion | null,
): readonly ReviewRecord[] {
  return dueReviews(view).flatMap((review) => {
    const { request, issue, due, reasons, decision } = review;
    const people = askersOf(decision);
    const isTheirs = question !== null && people.some((one) => isAsking(question, one));
    if (review.pull !== pull && !isTheirs) return [];
    return [
      {
        ...{ request, pull: review.pull, issue, due, reasons, people },
        parties: partiesOf(view, decision),
        outcome: reviewOutcome(view, review.pull),
      },
    ];
  });
}

function isAsking(
  { requesters, governance }: RequestQuestion,
  { person, accounts }: NamedPerson,
): boolean {
  if (requesters.has(person)) return true;
  return [...requesters].some((name) =>
    accountIdsOf(governance, name).some((id) => accounts.includes(id)),
  );
}
