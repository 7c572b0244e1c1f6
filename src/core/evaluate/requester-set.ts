import type { Account } from "../model/account.ts";
import type { Governance } from "../model/governance.ts";
import type { CommitFacts, PullFacts, PushFacts } from "../model/snapshot.ts";
import type { Case } from "./case.ts";
import { identify, personBehind } from "./people.ts";

/** The people who asked, would receive or wrote what is asked: none of them approves it. */
export interface RequesterSet {
  /** Person → why they are in it, in words. */
  readonly people: ReadonlyMap<string, readonly string[]>;
  /** Contributors nobody can be found behind; one is enough to make the decision indeterminate. */
  readonly unresolved: readonly string[];
}

/** A person can be in it for a thousand commits; so many reasons are kept, and one more says that there are more. */
const mostReasons = 4;

interface Contributor {
  readonly account: Account | null;
  /** In words; written only for whom it is told about. */
  readonly as: () => string;
}

/**
 * Computes the requester set (design.md §4 rule 2; NIST SP 800-53 AC-5) over the whole life of the PR: its author, the named
 * requester, the beneficiary, every author, co-author and committer of every commit of any head that touches governed
 * bytes, whoever pushed such a commit or moved the branch to other governed bytes, plus the owner of every machine among
 * them. The forge's own web-flow committer stands for the author, and only where the forge vouches for the signature. A
 * head whose pusher nothing shows leaves it unresolved: the pusher could be the approver.
 */
export function requesterSet(given: Case, governance: Governance): RequesterSet {
  const people = new Map<string, string[]>();
  const unresolved: string[] = [];
  const add = (person: string, why: () => string): void => {
    const reasons = people.get(person) ?? [];
    if (reasons.length >= mostReasons) return;
    const words = why();
    if (reasons.length === 0) people.set(person, reasons);
    if (!reasons.includes(words)) reasons.push(words);
  };

  const { pull } = given.snapshot;
  const told = ({ account, as }: Contributor): void => {
    const identity = identify(governance, account);
    if (identity.kind === "person") add(identity.name, as);
    else if (identity.kind === "machine") {
      add(identity.owner, () => `owns ${identity.name}, which ${as()}`);
    } else unresolved.push(`Somebody ${as()} and cannot be identified. ${identity.reason}`);
  };
  told({ account: pull.author, as: () => "opened the pull request" });
  for (const commit of pull.commits) if (commit.touchesGoverned) contributors(commit).forEach(told);
  for (const push of pull.pushes) if (push.touchesGoverned) told(pusher(push));
  forcers(pull).forEach(told);
  const pushed = new Set(pull.pushes.map(({ after }) => after));
  for (const head of pull.heads) {
    if (pushed.has(head)) continue;
    unresolved.push(
      `Who pushed ${head.slice(0, 8)} is not known: push again, or wait until the forge shows it.`,
    );
  }

  if (given.document !== null) {
    const { requester, beneficiary } = given.document.spec;
    for (const [name, part] of [
      [requester, "requester"],
      [beneficiary.name, "beneficiary"],
    ] as const) {
      const person = personBehind(governance, name);
      if (person === name) add(person, () => `is the ${part}`);
      else if (person !== null) add(person, () => `owns the ${part} ${name}`);
      else unresolved.push(`people.yaml names no ${part} ${name}.`);
    }
  }
  return { people, unresolved };
}

function contributors(commit: CommitFacts): readonly Contributor[] {
  const wrote = (): string => `wrote commit ${commit.oid.slice(0, 8)}`;
  if (commit.authors.length === 0) return [{ account: null, as: wrote }];
  const authors = commit.authors.map(({ account }) => ({ account, as: wrote }));
  const { committer } = commit;
  const forgeStandsIn = commit.signedByForge && committer.account?.login === "web-flow";
  if (forgeStandsIn) return authors;
  return [
    ...authors,
    { account: committer.account, as: () => `committed ${commit.oid.slice(0, 8)}` },
  ];
}

/** Force-pushes that the timeline shows and no push does: what they changed is not known, so whoever made one counts. */
function forcers({ events, pushes }: PullFacts): readonly Contributor[] {
  return events.flatMap(({ heads, actor }) => {
    const isPush = pushes.some(
      ({ before, after }) => before === heads?.before && after === heads.after,
    );
    return heads === null || isPush
      ? []
      : [
          {
            account: actor,
            as: () => `pushed ${heads.after?.slice(0, 8) ?? "a head that is gone"}`,
          },
        ];
  });
}

function pusher({ actor, after }: PushFacts): Contributor {
  return {
    account: actor,
    as: () => (after === null ? "deleted the branch" : `pushed ${after.slice(0, 8)}`),
  };
}
