import { contentDigest } from "../../../src/core/decide/content-digest.ts";
import { isGoverned } from "../../../src/core/decide/decision-digests.ts";
import type { Account } from "../../../src/core/model/account.ts";
import type {
  Change,
  GovernanceFile,
  ReviewFacts,
  Snapshot,
  TeamFacts,
} from "../../../src/core/model/snapshot.ts";
import { yaml } from "./small-governance.ts";
import type { SmallTier } from "./small-governance.ts";
import { accountOf, persons, teamNames } from "./small-people.ts";
import type { Actor, Person, TeamName } from "./small-people.ts";

/** A way to have a part in it. */
export const contributions = ["opened", "wrote", "co-wrote", "committed", "pushed"] as const;
export type Contribution = (typeof contributions)[number];

/** One request and who does what about it. */
export interface SmallRequest {
  readonly requester: Actor;
  readonly beneficiary: Person | `${Person}-bot`;
  readonly committer: Actor;
  /** What the committer did; all but opening it without this. What they did not do, the requester did. */
  readonly did?: Contribution;
  /** Who approves, in this order. */
  readonly approvals: readonly Actor[];
  readonly tier: SmallTier;
  readonly onForge?: (team: TeamName, person: Person) => boolean;
}

/** Makes a complete snapshot, in which all that could be wrong is who did what. */
export function smallSnapshot(
  files: readonly GovernanceFile[],
  { requester, beneficiary, committer, did, approvals, tier, onForge }: SmallRequest,
): Snapshot {
  const { changes, content } = requestOf(requester.person, beneficiary, tier);
  const who = (part: Contribution): Account => {
    const theirs = did === undefined ? part !== "opened" : part === did;
    return accountOf(theirs ? committer : requester);
  };
  const by = (part: Contribution) => ({
    name: "Somebody",
    email: "some@body.example",
    account: who(part),
  });
  const reviews = approvals.map(reviewOf);
  return {
    format: 3,
    repository: { id: 1, owner: "acme", name: "access", governedBranch: "main" },
    pull: {
      number: 1,
      state: "open",
      draft: false,
      crossRepository: false,
      author: who("opened"),
      createdAt: "2026-11-21T08:00:00Z",
      baseRef: "main",
      headRef: "request",
      headOid: head,
      mergeBase: base,
      mergedAt: null,
      mergeCommit: null,
      commits: [
        {
          oid: head,
          parents: [base],
          authors: [by("wrote"), by("co-wrote")],
          committer: by("committed"),
          signedByForge: false,
          touchesGoverned: true,
        },
      ],
      heads: [head],
      pushes: [
        {
          before: null,
          after: head,
          at: "2026-11-21T08:00:00Z",
          actor: who("pushed"),
          touchesGoverned: true,
        },
      ],
      changes,
      reviews,
      events: [],
    },
    governance: { tip: base, files, provenance: { status: "intact" }, opening: null },
    teams: teamNames.map((slug) => teamOf(slug, onForge)),
    ledger: {
      observations: approvals.map((actor, at) => ({
        review: reviews[at]?.id ?? 0,
        reviewer: accountOf(actor).id,
        commit: head,
        contentDigest: content,
        baseRef: "main",
        state: "APPROVED",
        observedAt: "2026-11-21T09:00:00Z",
        entry: `sha256:${"0".repeat(64)}`,
      })),
      requests: changes.map(({ path }) => ({
        name: "small",
        path,
        firstPull: null,
        access: "none",
        notAfter: null,
        asked: null,
        incident: null,
        ending: null,
      })),
      violations: [],
      reroutes: [],
      openings: [],
      linked: [],
      remembered: { denials: [], excluded: [] },
      holdings: [],
      approvalsGiven: [],
      emergencies: [],
      reviews: [],
      trustRoots: [],
    },
    incident: null,
    missing: [],
  };
}

const head = "a".repeat(40);
const base = "b".repeat(40);

function reviewOf(actor: Actor, at: number): ReviewFacts {
  return {
    id: at + 1,
    author: accountOf(actor),
    state: "APPROVED",
    submittedAt: "2026-11-21T09:00:00Z",
    commit: head,
    dismissal: null,
  };
}

interface RequestFile {
  readonly changes: readonly Change[];
  readonly content: string;
}

/** The same few files are asked for again and again. */
const requests = new Map<string, RequestFile>();

function requestOf(requester: Person, beneficiary: string, tier: SmallTier): RequestFile {
  const key = `${requester} ${beneficiary} ${tier}`;
  const known = requests.get(key);
  if (known !== undefined) return known;
  const kind = beneficiary.endsWith("-bot") ? "service-account" : "human";
  const spec = {
    requester,
    beneficiary: { kind, name: beneficiary },
    target: "db",
    entitlement: tier === "standard" ? "read" : "look",
    duration: "PT1H",
    reason: "To see all of it",
  };
  const { path, text } = yaml("access-requests/db/small.yaml", {
    kind: "AccessRequest",
    metadata: { name: "small" },
    spec,
  });
  const modes = { modeBefore: "000000", modeAfter: "100644" };
  const changes: readonly Change[] = [{ path, status: "added", ...modes, text, size: text.length }];
  const made = { changes, content: contentDigest(changes, isGoverned) ?? "" };
  requests.set(key, made);
  return made;
}

function teamOf(slug: TeamName, onForge: SmallRequest["onForge"]): TeamFacts {
  const members = persons.filter((person) => onForge?.(slug, person) === true);
  return { slug, members: members.map((person) => accountOf({ person, letter: "a" })) };
}
