import type { LedgerView } from "../core/attest/ledger-view.ts";
import { entriesOf, entryByDigest } from "../core/attest/ledger-view.ts";
import { accountIdsOf, identify, personBehind } from "../core/evaluate/people.ts";
import type { NamedPerson } from "../core/model/command.ts";
import type { EmergencyRecord, GivenReviewOutcome, ReviewRecord } from "../core/model/emergency.ts";
import type { EntryOf } from "../core/model/entry.ts";
import type { Governance } from "../core/model/governance.ts";
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
    if (entry === null || request?.kind !== "BreakGlassRequest" || pull === question.pull)
      return [];
    if (!isBefore(merge, own) || !mayGrant(view, merge)) return [];
    const people = askersOf(question.governance, entry);
    if (!people.some((one) => isAsking(question, one))) return [];
    return [{ request: request.name, pull, mergedAt: merge.at, people }];
  });
}

/** Lists the reviews of this request, and those of others of who asks or receives here, oldest first. */
export function reviews(view: LedgerView, question: RequestQuestion): readonly ReviewRecord[] {
  return entriesOf(view, "review-opened").flatMap(({ inputs, result }) => {
    const entry = entryByDigest(view, "decision", inputs.decision);
    if (entry === null) return [];
    const { governance } = question;
    const people = askersOf(governance, entry);
    const isOurs =
      inputs.request === question.name || people.some((one) => isAsking(question, one));
    if (!isOurs) return [];
    return [
      {
        request: inputs.request,
        pull: inputs.pull,
        issue: result.issue,
        due: result.due,
        reasons: result.reasons,
        people,
        parties: partiesOf(view, governance, entry),
        outcome: outcomeOf(view, inputs.pull),
      },
    ];
  });
}

/** What a post-reviewer said of the access of a PR; `null` while nobody has. */
export function outcomeOf(view: LedgerView, pull: number): GivenReviewOutcome | null {
  for (const { at, inputs, result } of entriesOf(view, "command")) {
    const { effect } = result;
    if (inputs.pull !== pull || effect?.kind !== "review") continue;
    return { outcome: effect.outcome, by: effect.by, at };
  }
  return null;
}

/** Who asked, who opened the PR, and who is behind the beneficiary. */
function askersOf(
  governance: Governance,
  { inputs: { snapshot }, result: { decision } }: EntryOf<"decision">,
): readonly NamedPerson[] {
  const author = identify(governance, snapshot.pull.author);
  const { request, fingerprint } = decision;
  const names = [
    author.kind === "person" ? author.name : null,
    author.kind === "machine" ? author.owner : null,
    request === null ? null : personBehind(governance, request.requester),
  ].filter((name) => name !== null && name !== fingerprint?.person);
  const named = [...new Set(names)].flatMap((person) =>
    person === null ? [] : [{ person, accounts: accountIdsOf(governance, person) }],
  );
  // By the accounts of then: whoever was renamed in people.yaml since stays the same.
  const { person, accounts } = fingerprint ?? { person: "", accounts: [] };
  return fingerprint === null ? named : [{ person, accounts }, ...named];
}

function partiesOf(
  view: LedgerView,
  governance: Governance,
  { result: { decision } }: EntryOf<"decision">,
): readonly NamedPerson[] {
  const approvers = decision.approvals.map(({ person, principal }) => ({
    person,
    accounts: [...new Set([principal, ...accountIdsOf(governance, person)])],
  }));
  const rescuers = entriesOf(view, "command").flatMap(({ inputs, result: { effect } }) => {
    if (inputs.pull !== decision.pull) return [];
    if (effect?.kind === "reroute") return [effect.reroute.by];
    return effect?.kind === "confirmation" ? [effect.by] : [];
  });
  return [...approvers, ...rescuers];
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
