import type { LedgerView } from "../core/attest/ledger-view.ts";
import { entriesOf } from "../core/attest/ledger-view.ts";
import { governanceOf } from "../core/evaluate/governance-of.ts";
import { accountIdsOf, identify, personBehind } from "../core/evaluate/people.ts";
import type { NamedPerson } from "../core/model/command.ts";
import type { EntryOf } from "../core/model/entry.ts";

/** Names who asked, who opened the PR, and who is behind the beneficiary, by the governance that it was decided by. */
export function askersOf({
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

/** Names whoever reviewed it, whether or not it counted, and whoever rerouted it. */
export function partiesOf(
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
