import type { Account } from "../core/model/account.ts";
import type {
  CommitPerson,
  MissingFact,
  PullEvent,
  ReviewFacts,
  TeamFacts,
} from "../core/model/snapshot.ts";

/** Reads pull requests as the forge shows them now. Holds no power to change anything. */
export interface ForgeReader {
  /**
   * Reads PR, reviews, commits, files, timeline, governance blobs at the tip of the governed branch and
   * the named teams in one query. Pages of more than 100 are read completely or named in `missing`.
   * Throws ForgeUnavailable (worth a retry), ForgeRefused (not).
   */
  readPull(number: number, teams: readonly string[]): Promise<PullRead>;
  /** Numbers of all open PRs that target the governed branch, ascending. */
  openPulls(): Promise<readonly number[]>;
  /** Numbers of PRs of any state whose head is on the named branch. */
  pullsFromBranch(branch: string): Promise<readonly { number: number; state: "open" | "closed" }[]>;
  /**
   * Every movement of a branch that the forge remembers, oldest first: creation, push, force-push, merge
   * and deletion, each with who moved it. `null`: the forge does not tell, or not completely. What is
   * shown may lag behind a push: a head that nobody is shown to have pushed is one whose pusher is unknown.
   */
  pushes(branch: string): Promise<readonly ForgePush[] | null>;
  /**
   * Reads commits by oid, also those that left the pull request with a force-push, in the order asked.
   * One that the forge does not have, or whose people it does not show completely, is left out.
   */
  commits(oids: readonly string[]): Promise<readonly ForgeCommit[]>;
}

/** The forge's part of a snapshot; bytes, modes and the tree difference come from git itself. */
export interface PullRead {
  readonly repository: { readonly id: number; readonly owner: string; readonly name: string };
  readonly number: number;
  /** Node id, for mutations. */
  readonly nodeId: string;
  readonly state: "open" | "closed" | "merged";
  readonly draft: boolean;
  readonly crossRepository: boolean;
  readonly author: Account | null;
  readonly createdAt: string;
  readonly baseRef: string;
  readonly headRef: string;
  readonly headOid: string;
  readonly mergedAt: string | null;
  readonly mergeCommit: string | null;
  readonly commits: readonly ForgeCommit[];
  /** Paths as the forge lists them; must agree with git's own difference. */
  readonly paths: readonly string[];
  readonly reviews: readonly ReviewFacts[];
  readonly events: readonly PullEvent[];
  /** Tip of the governed branch and its governance files as the forge shows them. */
  readonly governance: {
    readonly tip: string;
    readonly files: readonly {
      readonly path: string;
      readonly mode: string;
      readonly oid: string;
      readonly text: string | null;
    }[];
  };
  readonly teams: readonly TeamFacts[];
  readonly missing: readonly MissingFact[];
}

export interface ForgeCommit {
  readonly oid: string;
  readonly authors: readonly CommitPerson[];
  readonly committer: CommitPerson;
  readonly signedByForge: boolean;
}

/** One movement of a branch. `before` is `null` when it created the branch, `after` when it deleted it. */
export interface ForgePush {
  readonly before: string | null;
  readonly after: string | null;
  readonly at: string;
  /** Who moved it, which need not be who wrote the commits; `null` for a ghost. */
  readonly actor: Account | null;
}

/** Time-out, 5xx, rate limit: ask again later. */
export class ForgeUnavailable extends Error {
  override readonly name = "ForgeUnavailable";
  readonly retryAfterSeconds: number | null;
  constructor(message: string, retryAfterSeconds: number | null, options?: ErrorOptions) {
    super(message, options);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The forge understood and said no (4xx, GraphQL errors): asking again changes nothing. */
export class ForgeRefused extends Error {
  override readonly name = "ForgeRefused";
  readonly status: number;
  constructor(message: string, status: number, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}
