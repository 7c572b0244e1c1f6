import type { Account } from "./account.ts";
import type { EndingCause, NamedPerson, Reroute } from "./command.ts";
import type { EmergencyRecord, IncidentFacts, ReviewRecord } from "./emergency.ts";
import type { TrustRoot } from "./governance.ts";
import type { Denial, Exclusion, Fingerprint, Route } from "./fingerprint.ts";

/**
 * Everything a decision rests on, as a plain serialisable value. It is evidence: the ledger keeps it
 * and an auditor decides it again. Texts are the exact bytes read as UTF-8; instants are ISO 8601 in
 * UTC. A fact that could not be read is `null` or an entry in `missing`, never left out silently.
 */
export interface Snapshot {
  readonly format: 3;
  readonly repository: RepositoryFacts;
  readonly pull: PullFacts;
  readonly governance: GovernanceFacts;
  /** Membership as the forge reports it, for every team that ROLES or people.yaml names. */
  readonly teams: readonly TeamFacts[];
  readonly ledger: LedgerFacts;
  /** The incident that a request in an emergency names in a configured repository; `null` for everything else. */
  readonly incident: IncidentFacts | null;
  /** Facts that could not be read completely; each makes the decision indeterminate. */
  readonly missing: readonly MissingFact[];
}

export interface RepositoryFacts {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly governedBranch: string;
}

export interface PullFacts {
  readonly number: number;
  readonly state: "open" | "closed" | "merged";
  readonly draft: boolean;
  /** The head lives in another repository (a fork). */
  readonly crossRepository: boolean;
  /** `null` for a ghost: the account was deleted. */
  readonly author: Account | null;
  readonly createdAt: string;
  readonly baseRef: string;
  readonly headRef: string;
  readonly headOid: string;
  /** Merge base of the head with the governed branch (of a merged PR: with its merge's first parent). */
  readonly mergeBase: string;
  readonly mergedAt: string | null;
  readonly mergeCommit: string | null;
  /** Every commit reachable from any head the PR ever had and not from the base, oldest first. */
  readonly commits: readonly CommitFacts[];
  /** Every head the PR ever had that anything shows, the present one among them; sorted. */
  readonly heads: readonly string[];
  /** Every push to its branch that the forge's activity or a webhook shows, oldest first. */
  readonly pushes: readonly PushFacts[];
  /** Raw tree difference from `mergeBase` to `headOid`, without rename detection. */
  readonly changes: readonly Change[];
  readonly reviews: readonly ReviewFacts[];
  readonly events: readonly PullEvent[];
}

export interface CommitFacts {
  readonly oid: string;
  readonly parents: readonly string[];
  /** The git author first, then the co-authors named in trailers. */
  readonly authors: readonly CommitPerson[];
  readonly committer: CommitPerson;
  /** The forge signed it and vouches for the signature: its web-flow committer stands for the author. */
  readonly signedByForge: boolean;
  /** False when every governed path has the bytes that one of the parents had: it adds nobody. */
  readonly touchesGoverned: boolean;
}

export interface PushFacts {
  /** `null` when the push created the branch. */
  readonly before: string | null;
  /** `null` when it deleted the branch. */
  readonly after: string | null;
  readonly at: string;
  /** `null` for a ghost. */
  readonly actor: Account | null;
  /** False when it brought no commit that touches governed bytes and left the governed content alone: it adds nobody. */
  readonly touchesGoverned: boolean;
}

export interface CommitPerson {
  readonly name: string;
  readonly email: string;
  /** `null` when the e-mail belongs to no account. */
  readonly account: Account | null;
}

export interface Change {
  readonly path: string;
  readonly status: "added" | "modified" | "removed" | "type-changed";
  /** Git file modes (`100644`, `120000`, …); `000000` where the side does not exist. */
  readonly modeBefore: string;
  readonly modeAfter: string;
  /** Text of a governed file after the change; `null` when absent, ungoverned or not UTF-8. */
  readonly text: string | null;
  readonly size: number | null;
}

export interface ReviewFacts {
  /** The forge's 64-bit id as a number (safe below 2^53). */
  readonly id: number;
  readonly author: Account | null;
  readonly state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED";
  readonly submittedAt: string;
  /** As the forge reports it today. It moves on a force-push: it proves nothing alone. */
  readonly commit: string | null;
  /** How it came to be DISMISSED; `null` in every other state. */
  readonly dismissal: ReviewDismissal | null;
}

/** The last dismissal of a review. When the forge shows none, `at` is the review's own time. */
export interface ReviewDismissal {
  readonly at: string;
  readonly by: Account | null;
  /** What the review said before. */
  readonly was: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "UNKNOWN";
}

/** Something that voids approvals given before it. Sorted by `at`. */
export interface PullEvent {
  readonly kind: "force-pushed" | "base-changed" | "closed" | "reopened" | "drafted" | "ready";
  readonly at: string;
  readonly actor: Account | null;
  /** The heads before and after a force-push, each `null` when the forge lost it; `null` for other kinds. */
  readonly heads: { readonly before: string | null; readonly after: string | null } | null;
}

export interface GovernanceFacts {
  /** Tip of the governed branch when read; never the PR's head and never its frozen `base.sha`. */
  readonly tip: string;
  readonly files: readonly GovernanceFile[];
  readonly provenance: Provenance;
  /** Governance when this was first asked for; `null` when it is the same, or this is its first decision. */
  readonly opening: OpeningGovernance | null;
}

export interface OpeningGovernance {
  readonly tip: string;
  readonly files: readonly GovernanceFile[];
}

export interface GovernanceFile {
  readonly path: string;
  readonly mode: string;
  readonly text: string;
}

/** Whether every change of governance since the trust root has a merged policy decision. */
export type Provenance =
  | { readonly status: "intact" }
  | { readonly status: "broken"; readonly commit: string; readonly reason: string };

export interface TeamFacts {
  readonly slug: string;
  /** `null` when the forge has no team of that name: people.yaml alone counts. */
  readonly members: readonly Account[] | null;
}

/** What the ledgers hold about this PR and the request files it touches. */
export interface LedgerFacts {
  readonly observations: readonly Observation[];
  /** For every request file the PR adds or removes. */
  readonly requests: readonly RequestRecord[];
  /** Violations that the PR or its requests are under, and nobody has cleared. */
  readonly violations: readonly ViolationRecord[];
  /** Reroutes of this PR and of others that ask for the same or overlapping access, oldest first. */
  readonly reroutes: readonly RerouteRecord[];
  /** When overlapping fingerprints were first seen, in this PR and in linked ones, oldest first. */
  readonly openings: readonly Opening[];
  /** Other PRs that asked for the same or overlapping access for the same person, oldest first. */
  readonly linked: readonly LinkedPull[];
  /** What the newest decision on this PR remembers; empty before the first. */
  readonly remembered: Remembered;
  /** What the person behind the beneficiary holds or asks for, and who holds what is asked for here. */
  readonly holdings: readonly Holding[];
  /** Approvals that people of this request gave to others. */
  readonly approvalsGiven: readonly ApprovalGiven[];
  /** Emergencies of who asks or receives here, merged before this one, oldest first. */
  readonly emergencies: readonly EmergencyRecord[];
  /** Reviews that are due of this request, and of others of who asks or receives here. */
  readonly reviews: readonly ReviewRecord[];
  /** Every trust root on record, oldest first; empty unless the PR changes the trust root or its signatures. */
  readonly trustRoots: readonly TrustRoot[];
}

/** A sign of tampering; only a named person takes it off. */
export interface ViolationRecord {
  /** Sequence number of its entry: how a command names it. */
  readonly entry: number;
  /** The PR it is about, where alone it can be cleared; `null` when it is about files, and any PR about one of them will do. */
  readonly pull: number | null;
  readonly code: string;
  readonly detail: string;
  /** Governed files that it touches, for each of which whoever clears it needs the role. */
  readonly paths: readonly string[];
  /**
   * Who had a part in it beside those of this PR: who did it, and who asked for, receives, reviewed or rerouted what it
   * touches. `null`: who did it is not known.
   */
  readonly parties: readonly NamedPerson[] | null;
}

/** The first sight of a fingerprint in a PR (`request` entry). */
export interface Opening {
  readonly pull: number;
  readonly at: string;
  readonly fingerprint: Fingerprint;
  readonly route: Route;
}

/** Another PR with an overlapping fingerprint, as the ledgers show it. */
export interface LinkedPull {
  readonly pull: number;
  /** When the overlapping fingerprint was first seen there. */
  readonly at: string;
  readonly state: "open" | "closed" | "merged";
  readonly request: string | null;
  readonly durationSeconds: number;
  /** Merged, and its access began or can still begin. */
  readonly grants: "yes" | "no";
  readonly remembered: Remembered;
}

/** What a decision hands on to later ones. */
export interface Remembered {
  readonly denials: readonly Denial[];
  readonly excluded: readonly Exclusion[];
}

/** Access that somebody has or may come to have. */
export interface Holding {
  /** The human behind the holder. */
  readonly person: string;
  readonly holder: string;
  readonly target: string;
  readonly entitlement: string;
  /** `grant`: in effect · `approved`: merged, can still begin · `asked`: an open PR · `target`: the last read-back shows it. */
  readonly as: "grant" | "approved" | "asked" | "target";
  readonly request: string | null;
  readonly pull: number | null;
}

/** Somebody of this request approved somebody else's. */
export interface ApprovalGiven {
  readonly pull: number;
  readonly at: string;
  readonly approvers: readonly string[];
  readonly requesters: readonly string[];
}

/** What a reviewer saw, recorded when the review arrived (`approval-observed`). */
export interface Observation {
  readonly review: number;
  readonly reviewer: number;
  readonly commit: string;
  /** Digest of the governed content at `commit` (see core/decide/content-digest.ts). */
  readonly contentDigest: string;
  readonly baseRef: string;
  /** Its state when it arrived: a review that was dismissed since no longer shows it. */
  readonly state: string;
  readonly observedAt: string;
  /** Digest of the ledger entry. */
  readonly entry: string;
}

export interface RequestRecord {
  readonly name: string;
  readonly path: string;
  /** The PR that used this name first; `null` when none did before. */
  readonly firstPull: number | null;
  readonly access: AccessState;
  /** `notAfter` of its newest approved decision: until then an ungranted request can still become a grant. */
  readonly notAfter: string | null;
  /** Who asked for it, by its newest decision; `null` before the first. */
  readonly asked: AskedBy | null;
  /** The incident it was decided for, in full; `null` for what is no emergency, or was not decided yet. */
  readonly incident: string | null;
  /** It was ended before its time, for good; `null` while it was not. */
  readonly ending: EarlyEnding | null;
}

export interface AskedBy {
  /** Names in people.yaml, as the request file writes them. */
  readonly requester: string;
  readonly beneficiary: string;
  /** Who opened its PR. */
  readonly author: Account | null;
}

export interface EarlyEnding {
  readonly cause: EndingCause | "expired-unapproved";
  /** Login, for people; `pendingTimeout` when nobody but time ended it, `ghost` when the account is gone. */
  readonly by: string;
  readonly at: string;
}

/** A reroute with what the ledger knows about it. */
export interface RerouteRecord {
  readonly reroute: Reroute;
  /** The second person of the role `rescue`; `null` while nobody has agreed. */
  readonly confirmed: Confirmation | null;
}

export interface Confirmation {
  readonly by: NamedPerson;
  readonly at: string;
}

/**
 * Where the access of a request stands, by the executions ledger alone:
 * `none` never granted · `active` granted and not read back as gone · `failed` a revoke failed and the
 * access is still live · `ended` read back as gone (or found gone, or nothing had to be done).
 */
export type AccessState = "none" | "active" | "failed" | "ended";

export interface MissingFact {
  readonly fact: string;
  readonly reason: string;
}
