import type { Account } from "../model/account.ts";
import type { Governance } from "../model/governance.ts";
import type { CommitFacts } from "../model/snapshot.ts";
import type { Case } from "./case.ts";
import { identify } from "./people.ts";

/** The people who asked, would receive or wrote what is asked: none of them approves it. */
export interface RequesterSet {
  /** Person → why they are in it, in words. */
  readonly people: ReadonlyMap<string, readonly string[]>;
  /** Contributors nobody can be found behind; one is enough to make the decision indeterminate. */
  readonly unresolved: readonly string[];
}

interface Contributor {
  readonly account: Account | null;
  readonly as: string;
}

/**
 * Computes the requester set (design.md §4 rule 2; NIST SP 800-53 AC-5): PR author, named requester,
 * beneficiary, and every author, co-author and committer of every commit that touches governed bytes,
 * plus the owner of every machine among them. The forge's own web-flow committer stands for the author,
 * and only where the forge vouches for the signature.
 */
export function requesterSet(given: Case, governance: Governance): RequesterSet {
  const people = new Map<string, string[]>();
  const unresolved: string[] = [];
  const add = (person: string, why: string): void => {
    people.set(person, [...(people.get(person) ?? []), why]);
  };

  const { pull } = given.snapshot;
  for (const { account, as } of [
    { account: pull.author, as: "opened the pull request" },
    ...pull.commits.filter(({ touchesGoverned }) => touchesGoverned).flatMap(contributors),
  ]) {
    const identity = identify(governance, account);
    if (identity.kind === "person") add(identity.name, as);
    else if (identity.kind === "machine") add(identity.owner, `owns ${identity.name}, which ${as}`);
    else unresolved.push(`Somebody ${as} and cannot be identified. ${identity.reason}`);
  }

  if (given.document !== null && given.document.kind !== "AccessExtension") {
    const { requester, beneficiary } = given.document.spec;
    for (const [name, part] of [
      [requester, "requester"],
      [beneficiary.name, "beneficiary"],
    ] as const) {
      const machine = governance.machines.find((known) => known.name === name);
      if (machine !== undefined) add(machine.owner, `owns the ${part} ${name}`);
      else if (governance.people.some((known) => known.name === name)) add(name, `is the ${part}`);
      else unresolved.push(`people.yaml names no ${part} ${name}.`);
    }
  }
  return { people, unresolved };
}

function contributors(commit: CommitFacts): readonly Contributor[] {
  const short = commit.oid.slice(0, 8);
  if (commit.authors.length === 0) return [{ account: null, as: `wrote commit ${short}` }];
  const authors = commit.authors.map(({ account }) => ({
    account,
    as: `wrote commit ${short}`,
  }));
  const { committer } = commit;
  const forgeStandsIn = commit.signedByForge && committer.account?.login === "web-flow";
  if (forgeStandsIn) return authors;
  return [...authors, { account: committer.account, as: `committed ${short}` }];
}
