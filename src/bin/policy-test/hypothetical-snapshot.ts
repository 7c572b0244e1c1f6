import { contentDigest } from "../../core/decide/content-digest.ts";
import { isGoverned } from "../../core/decide/decision-digests.ts";
import type { Account } from "../../core/model/account.ts";
import type { Governance } from "../../core/model/governance.ts";
import type {
  Change,
  GovernanceFile,
  LedgerFacts,
  PullFacts,
  ReviewFacts,
  Snapshot,
} from "../../core/model/snapshot.ts";
import type { Hypothesis, HypotheticalReview } from "./policy-table.ts";

/** The governance that a hypothetical pull request is judged by. */
export interface Judging {
  readonly files: readonly GovernanceFile[];
  readonly governance: Governance;
}

const pull = 1;
const headOid = "a".repeat(40);
const baseOid = "b".repeat(40);

/**
 * Builds the snapshot of a pull request that nobody opened: one commit by its author and co-authors, every fact read and
 * every review observed, teams as people.yaml says, and nothing in the ledgers but what the case gives.
 */
export function hypotheticalSnapshot(judging: Judging, given: Hypothesis): Snapshot {
  const { files, governance } = judging;
  const { id, governedBranch } = governance.trustRoot.repository;
  const change = changeOf(given);
  return {
    format: 3,
    repository: { id, owner: organisationOf(governance), name: "access", governedBranch },
    pull: { ...quietPull(given, change), baseRef: governedBranch },
    governance: { tip: baseOid, files, provenance: { status: "intact" }, opening: null },
    // No team at the forge: people.yaml alone says who is in which.
    teams: governance.teams.map(({ name }) => ({ slug: name, members: null })),
    ledger: ledgerOf(given, change, governedBranch),
    incident: null,
    missing: [],
  };
}

/** A team of another organisation than the repository's gives nobody a role: the example is of the first one that ROLES names. */
function organisationOf({ roles }: Governance): string {
  const owners = roles.sections.flatMap(({ rules }) => rules.flatMap((rule) => rule.owners));
  const [first = "organisation"] = owners.flatMap((one) => (one.kind === "team" ? one.org : []));
  return first;
}

function changeOf({ request: { path, text } }: Hypothesis): Change {
  return {
    path,
    status: "added",
    modeBefore: "000000",
    modeAfter: "100644",
    text,
    size: new TextEncoder().encode(text).byteLength,
  };
}

function quietPull(
  { author, coauthors, opened, reviews }: Hypothesis,
  change: Change,
): Omit<PullFacts, "baseRef"> {
  const authors = [author, ...coauthors].map(commitPerson);
  return {
    number: pull,
    state: "open",
    draft: false,
    crossRepository: false,
    author,
    createdAt: opened,
    headRef: "policy-test",
    headOid,
    mergeBase: baseOid,
    mergedAt: null,
    mergeCommit: null,
    commits: [
      {
        oid: headOid,
        parents: [baseOid],
        authors,
        committer: commitPerson(author),
        signedByForge: false,
        touchesGoverned: true,
      },
    ],
    heads: [headOid],
    pushes: [{ before: null, after: headOid, at: opened, actor: author, touchesGoverned: true }],
    changes: [change],
    reviews: reviews.map(reviewOf),
    events: [],
  };
}

function commitPerson(account: Account) {
  return { name: account.login, email: `${account.login}@users.example`, account };
}

function reviewOf({ by, state, at }: HypotheticalReview, index: number): ReviewFacts {
  return {
    id: index + 1,
    author: by,
    state,
    submittedAt: at,
    commit: headOid,
    dismissal: state === "DISMISSED" ? { at, by: null, was: "APPROVED" } : null,
  };
}

function ledgerOf(
  { reviews, request: { path }, holdings, earlier }: Hypothesis,
  change: Change,
  baseRef: string,
): LedgerFacts {
  const content = contentDigest([change], isGoverned) ?? "";
  const name =
    path
      .split("/")
      .at(-1)
      ?.replace(/\.yaml$/, "") ?? "";
  return {
    observations: reviews.map(({ by, state, at }, index) => ({
      review: index + 1,
      reviewer: by.id,
      commit: headOid,
      contentDigest: content,
      baseRef,
      state: state === "DISMISSED" ? "APPROVED" : state,
      observedAt: at,
      entry: `sha256:${"0".repeat(64)}`,
    })),
    requests: [
      {
        ...{ name, path, firstPull: null, access: "none", notAfter: null },
        ...{ asked: null, incident: null, ending: null },
      },
    ],
    violations: [],
    reroutes: [],
    openings: [],
    linked: earlier.map(({ at, durationSeconds }, index) => ({
      pull: pull + index + 1,
      at,
      state: "merged",
      request: `earlier-${index + 1}`,
      durationSeconds,
      grants: "yes",
      remembered: { denials: [], excluded: [] },
    })),
    remembered: { denials: [], excluded: [] },
    holdings,
    approvalsGiven: [],
    emergencies: [],
    reviews: [],
    trustRoots: [],
  };
}
