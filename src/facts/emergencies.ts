import type { LedgerView } from "../core/attest/ledger-view.ts";
import { entriesOf, entryByDigest } from "../core/attest/ledger-view.ts";
import { governanceOf } from "../core/evaluate/governance-of.ts";
import { accountIdsOf, identify, personBehind } from "../core/evaluate/people.ts";
import type { NamedPerson } from "../core/model/command.ts";
import type { EmergencyRecord, ReviewRecord } from "../core/model/emergency.ts";
import type { EntryOf } from "../core/model/entry.ts";
import { dueReviews } from "../core/plan/due-reviews.ts";
import { reviewOutcome } from "../core/plan/review-states.ts";
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

/** Who asked, who opened the PR, and who is behind the beneficiary, by the governance that it was decided by. */
function askersOf({
  inputs: { snapshot },
  result: { decision },
}: EntryOf<"decision">): readonly NamedPerson[] {
  const parsed = governanceOf(snapshot.governance.files);
  const { request, fingerprint } = decision;
  if (!parsed.ok || request === null) return [];
  const governance = parsed.value;
  const author = identify(governance, snapshot.pull.author);
  const names = [
    author.kind === "person" ? author.name : null,
    author.kind === "machine" ? author.owner : null,
    personBehind(governance, request.requester),
    fingerprint?.person ?? null,
  ].filter((name) => name !== null);
  return [...new Set(names)].map((person) => ({
    person,
    accounts: accountIdsOf(governance, person),
  }));
}

/** Whoever reviewed it, whether or not it counted, and whoever rerouted it. */
function partiesOf(
  view: LedgerView,
  { inputs: { snapshot }, result: { decision } }: EntryOf<"decision">,
): readonly NamedPerson[] {
  const reviewers = snapshot.pull.reviews.flatMap(({ author, state }) =>
    author === null || state === "COMMENTED"
      ? []
      : [{ person: author.login, accounts: [author.id] }],
  );
  const parsed = governanceOf(snapshot.governance.files);
  const approvers = decision.approvals.flatMap(({ person, principal, actsFor }) => [
    { person, accounts: [principal] },
    ...(actsFor === null || !parsed.ok
      ? []
      : [{ person: actsFor.from, accounts: accountIdsOf(parsed.value, actsFor.from) }]),
  ]);
  const rescuers = entriesOf(view, "command").flatMap(({ inputs, result: { effect } }) => {
    if (inputs.pull !== decision.pull) return [];
    if (effect?.kind === "reroute") return [effect.reroute.by];
    return effect?.kind === "confirmation" ? [effect.by] : [];
  });
  return [...approvers, ...reviewers, ...rescuers];
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
