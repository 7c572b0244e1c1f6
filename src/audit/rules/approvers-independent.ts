import { openCase } from "../../core/evaluate/case.ts";
import { identify } from "../../core/evaluate/people.ts";
import type { Account } from "../../core/model/account.ts";
import type { CountedApproval } from "../../core/model/decision.ts";
import type { EntryOf } from "../../core/model/entry.ts";
import type { Governance } from "../../core/model/governance.ts";
import type { PullFacts } from "../../core/model/snapshot.ts";
import type { EntryRule } from "../audit-case.ts";
import type { AuditFinding } from "../audit-report.ts";
import { aboutEntry } from "../finding.ts";

/**
 * Demands that nobody approved their own (P1; AC-5), by account id and by person, from the recorded facts
 * and not from the recorded findings: requester, beneficiary, opener, authors, committers, pushers and the owners of
 * machines among them are held against the counted approvals.
 */
export const approversIndependent: EntryRule = (entry) =>
  entry.type === "decision" && entry.result.decision.verdict === "approved" ? judge(entry) : [];

function judge(entry: EntryOf<"decision">): readonly AuditFinding[] {
  const { approvals, pull, request } = entry.result.decision;
  if (approvals.length === 0) return [];
  const given = openCase(entry.inputs.snapshot, new Date(entry.at));
  if (given.governance === null) {
    const expected = "readable governance in the snapshot of an approved decision";
    return [aboutEntry(entry, { code: "governance-unreadable", expected, actual: "none", pull })];
  }
  const { governance, snapshot } = given;
  const involved = requesters(entry, governance, snapshot.pull);
  const seen = new Set<string>();
  return approvals.flatMap((approval) => {
    const person = personOf(approval, governance);
    const why = involved.get(person) ?? involved.get(accountKey(approval.principal));
    const repeated = seen.has(person);
    seen.add(person);
    const about = { pull, ...(request === null ? {} : { file: request.path }) };
    const who = `${approval.login} (review ${approval.review})`;
    const own = {
      ...about,
      code: "self-approval",
      expected: "approvals by people who did not ask, receive or write it",
      actual: `${who} ${why ?? ""}`,
    };
    const twice = {
      ...about,
      code: "approver-counted-twice",
      expected: "a different person for every step",
      actual: `${who} fills a second one`,
    };
    return [
      ...(why === undefined ? [] : [aboutEntry(entry, own)]),
      ...(repeated ? [aboutEntry(entry, twice)] : []),
    ];
  });
}

/** Everybody involved, as person and as account, with the reason. */
function requesters(
  { result }: EntryOf<"decision">,
  governance: Governance,
  pull: PullFacts,
): ReadonlyMap<string, string> {
  const involved = new Map<string, string>();
  const addAccount = (account: Account | null, why: string): void => {
    if (account === null) return;
    involved.set(accountKey(account.id), why);
    const identity = identify(governance, account);
    if (identity.kind === "person") involved.set(identity.name, why);
    if (identity.kind === "machine") involved.set(identity.owner, `owns the machine that ${why}`);
  };
  const addName = (name: string, why: string): void => {
    involved.set(name, why);
    const machine = governance.machines.find((known) => known.name === name);
    if (machine !== undefined) involved.set(machine.owner, `owns the machine that ${why}`);
  };
  addAccount(pull.author, "opened the pull request");
  for (const { oid, authors, committer, touchesGoverned } of pull.commits) {
    if (!touchesGoverned) continue;
    for (const { account } of authors) addAccount(account, `wrote commit ${oid}`);
    addAccount(committer.account, `committed ${oid}`);
  }
  for (const { actor, after, touchesGoverned } of pull.pushes) {
    if (touchesGoverned) addAccount(actor, `pushed ${after ?? "the end of the branch"}`);
  }
  const { request } = result.decision;
  if (request === null) return involved;
  addName(request.requester, "is the requester");
  addName(request.beneficiary.name, "is the beneficiary");
  return involved;
}

function personOf({ principal, person }: CountedApproval, governance: Governance): string {
  const known = governance.people.find(({ accounts }) =>
    (accounts as readonly { readonly id: number }[] | undefined)?.some(
      ({ id }) => id === principal,
    ),
  );
  return known?.name ?? person;
}

// No person is named like this: names are `[a-z0-9._-]`.
function accountKey(id: number): string {
  return `account:${id}`;
}
