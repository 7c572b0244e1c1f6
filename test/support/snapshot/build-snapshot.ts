import { contentDigest } from "../../../src/core/decide/content-digest.ts";
import { isGoverned } from "../../../src/core/decide/decision-digests.ts";
import type { IncidentFacts } from "../../../src/core/model/emergency.ts";
import type { Account } from "../../../src/core/model/account.ts";
import type {
  Change,
  CommitFacts,
  GovernanceFile,
  Observation,
  PullEvent,
  PullFacts,
  PushFacts,
  ReviewDismissal,
  ReviewFacts,
  Snapshot,
} from "../../../src/core/model/snapshot.ts";
import { account, forgeTeams } from "./cast.ts";
import { exampleFiles } from "./example-files.ts";
import { ledgerFacts } from "./given-ledger.ts";
import type { GivenLedger } from "./given-ledger.ts";
import { requestChange } from "./request-text.ts";

/** What a table may say; everything it leaves out is as in an ordinary, complete privileged request. */
export interface Given extends GivenLedger {
  readonly author?: string;
  /** Overrides of the request's `spec`; `null` removes a field. */
  readonly spec?: Readonly<Record<string, unknown>>;
  /** Kind of the document; without it an AccessRequest. */
  readonly asks?: "AccessExtension" | "BreakGlassRequest";
  readonly incident?: GivenIncident | null;
  readonly path?: string;
  readonly mode?: string;
  /** Instead of the request file: the whole difference. */
  readonly changes?: readonly Change[];
  /** A change of governance instead of a request: texts that the PR replaces in files at the tip. */
  readonly policy?: readonly Edit[];
  readonly commits?: readonly GivenCommit[];
  readonly reviews?: readonly GivenReview[];
  readonly events?: readonly GivenEvent[];
  readonly pull?: Partial<PullFacts>;
  readonly governance?: readonly GovernanceFile[];
  /** Text that replaces a part of a governance file. */
  readonly edit?: readonly Edit[];
  readonly provenance?: Snapshot["governance"]["provenance"];
  /** Teams as the forge shows them, instead of people.yaml's; `null`: the forge has none of that name. */
  readonly teams?: Readonly<Record<string, readonly string[] | null>>;
  readonly ledger?: Partial<Snapshot["ledger"]>;
  readonly record?: Partial<Snapshot["ledger"]["requests"][number]>;
  readonly missing?: Snapshot["missing"];
  /** Who pushed which head; without it the author pushed the present one. */
  readonly pushes?: readonly GivenPush[];
  readonly heads?: readonly string[];
  /** What governance was when this was first asked for: edits of what it is now. */
  readonly opening?: readonly Edit[];
}

export type GivenIncident = Pick<IncidentFacts, "reference"> & Partial<IncidentFacts>;

export interface GivenPush {
  readonly by: string;
  readonly before?: string;
  readonly after?: string;
  readonly at?: string;
  readonly touches?: boolean;
}

/** A text in a governance file and what it becomes; it must be there. */
export interface Edit {
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

export interface GivenCommit {
  readonly oid?: string;
  readonly authors?: readonly string[];
  readonly committer?: string;
  readonly parents?: readonly string[];
  readonly signedByForge?: boolean;
  readonly touches?: boolean;
}

export interface GivenReview {
  readonly by: string;
  /** How the forge shows the account, where that is not as in the cast. */
  readonly as?: Partial<Account>;
  readonly state?: ReviewFacts["state"];
  readonly at?: string;
  readonly id?: number;
  /** Of a DISMISSED one: without it an approval was dismissed by nobody known. */
  readonly dismissal?: GivenDismissal;
  /** `none`: no webhook arrived. Otherwise what was seen differs from the present in this. */
  readonly seen?:
    | "none"
    | {
        readonly commit?: string;
        readonly content?: string;
        readonly base?: string;
        readonly state?: ReviewFacts["state"];
      };
}

export interface GivenDismissal {
  readonly by?: string;
  readonly at?: string;
  readonly was?: ReviewDismissal["was"];
}

export interface GivenEvent {
  readonly kind: PullEvent["kind"];
  readonly at: string;
  readonly by?: string;
  readonly heads?: PullEvent["heads"];
}

export const opened = "2026-11-21T08:00:00Z";
/** The instant at which tables decide unless they say otherwise. */
export const noon = new Date("2026-11-21T12:00:00Z");
export const headOid = "a".repeat(40);
const baseOid = "b".repeat(40);

/** Builds a snapshot that differs from an ordinary one only in what is given. */
export function buildSnapshot(given: Given): Snapshot {
  const files = edited(given.governance ?? exampleFiles, given.edit ?? []);
  const changes = given.changes ?? policyChanges(files, given.policy) ?? [requestChange(given)];
  const reviews = (given.reviews ?? []).map(review);
  const commits = (given.commits ?? [{}]).map(commit);
  const path = changes[0]?.path ?? "";
  return {
    format: 3,
    repository: { id: 700001, owner: "acme", name: "access", governedBranch: "main" },
    pull: {
      number: 7,
      state: "open",
      draft: false,
      crossRepository: false,
      author: account(given.author ?? "alice"),
      createdAt: opened,
      baseRef: "main",
      headRef: "request/x",
      headOid,
      mergeBase: baseOid,
      mergedAt: null,
      mergeCommit: null,
      commits,
      heads: given.heads ?? [headOid],
      pushes: (given.pushes ?? [{ by: given.author ?? "alice" }]).map(push),
      changes,
      reviews,
      events: (given.events ?? []).map(event),
      ...given.pull,
    },
    governance: {
      tip: baseOid,
      files,
      provenance: given.provenance ?? { status: "intact" },
      opening:
        given.opening === undefined
          ? null
          : { tip: "c".repeat(40), files: edited(files, given.opening) },
    },
    teams: forgeTeams.map((team) => override(team, given.teams)),
    ledger: {
      observations: observations(given, reviews, contentDigest(changes, isGoverned)),
      requests: [
        {
          name: nameOf(path),
          path,
          firstPull: null,
          access: "none",
          notAfter: null,
          asked: null,
          incident: given.incident?.reference ?? null,
          ending: null,
          ...given.record,
        },
      ],
      violations: [],
      reroutes: [],
      approvalsGiven: [],
      emergencies: [],
      reviews: [],
      trustRoots: [],
      ...ledgerFacts(given, given.pull?.number ?? 7),
      ...given.ledger,
    },
    incident: given.incident === undefined ? null : incidentOf(given.incident),
    missing: given.missing ?? [],
  };
}

/** Open since before the request, and reported by heidi, who owns the database. */
function incidentOf(given: GivenIncident | null): IncidentFacts | null {
  if (given === null) return null;
  return {
    ...{
      state: "open",
      problem: null,
      openedBy: account("heidi"),
      confirmations: [],
      closings: [],
    },
    ...{ openedAt: "2026-11-21T07:30:00Z" },
    ...given,
  };
}

function review(given: GivenReview, index: number): ReviewFacts {
  const state = given.state ?? "APPROVED";
  const author = account(given.by);
  const submittedAt = given.at ?? `2026-11-21T09:00:${String(index).padStart(2, "0")}Z`;
  return {
    id: given.id ?? 100 + index,
    author: author === null ? null : { ...author, ...given.as },
    state,
    submittedAt,
    commit: headOid,
    dismissal: state === "DISMISSED" ? dismissal(given.dismissal ?? {}, submittedAt) : null,
  };
}

function dismissal({ by, at, was }: GivenDismissal, submittedAt: string): ReviewDismissal {
  return {
    at: at ?? submittedAt,
    by: by === undefined ? null : account(by),
    was: was ?? "APPROVED",
  };
}

function event({ kind, at, by, heads }: GivenEvent): PullEvent {
  return { kind, at, actor: by === undefined ? null : account(by), heads: heads ?? null };
}

function commit(given: GivenCommit): CommitFacts {
  const as = (login: string) => ({
    name: login,
    email: `${login}@acme.example`,
    account: account(login),
  });
  return {
    oid: given.oid ?? headOid,
    parents: given.parents ?? [baseOid],
    authors: (given.authors ?? ["alice"]).map(as),
    committer: as(given.committer ?? given.authors?.[0] ?? "alice"),
    signedByForge: given.signedByForge ?? false,
    touchesGoverned: given.touches ?? true,
  };
}

function push({ by, before, after, at, touches }: GivenPush): PushFacts {
  return {
    before: before ?? null,
    after: after ?? headOid,
    at: at ?? opened,
    actor: account(by),
    touchesGoverned: touches ?? true,
  };
}

function observations(
  { reviews: asked = [] }: Given,
  reviews: readonly ReviewFacts[],
  content: string | null,
): readonly Observation[] {
  return reviews.flatMap((given, index) => {
    const seen = asked[index]?.seen ?? {};
    if (seen === "none" || given.author === null) return [];
    return [
      {
        review: given.id,
        reviewer: given.author.id,
        commit: seen.commit ?? headOid,
        contentDigest: seen.content ?? content ?? "",
        baseRef: seen.base ?? "main",
        state: seen.state ?? given.state,
        observedAt: given.submittedAt,
        entry: `sha256:${String(index).repeat(64)}`.slice(0, 71),
      },
    ];
  });
}

function policyChanges(
  files: readonly GovernanceFile[],
  edits: readonly Edit[] | undefined,
): readonly Change[] | undefined {
  if (edits === undefined) return undefined;
  return edited(files, edits).flatMap(({ path, text }, at) =>
    text === files[at]?.text
      ? []
      : [
          {
            path,
            status: "modified" as const,
            modeBefore: "100644",
            modeAfter: "100644",
            text,
            size: text.length,
          },
        ],
  );
}

/** Replaces texts in governance files; each must be there. */
export function edited(
  files: readonly GovernanceFile[],
  edits: NonNullable<Given["edit"]>,
): readonly GovernanceFile[] {
  return files.map((file) => {
    const own = edits.filter(({ path }) => path === file.path);
    return own.reduce((changed, { from, to }) => {
      if (!changed.text.includes(from)) throw new Error(`${file.path} does not contain ${from}`);
      return { ...changed, text: changed.text.replace(from, to) };
    }, file);
  });
}

function override(
  team: Snapshot["teams"][number],
  teams: Given["teams"],
): Snapshot["teams"][number] {
  const logins = teams?.[team.slug];
  if (logins === undefined) return team;
  if (logins === null) return { slug: team.slug, members: null };
  return { slug: team.slug, members: logins.flatMap((login) => account(login) ?? []) };
}

function nameOf(path: string): string {
  return (path.split("/").at(-1) ?? "").replace(/\.yaml$/u, "");
}
