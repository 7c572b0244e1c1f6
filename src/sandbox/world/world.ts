import type { BranchProtection, SandboxOptions } from "../sandbox-options.ts";
import type { ForgeSignature } from "../git/forge-commit.ts";
import type { Git } from "../git/run-git.ts";
import type { ForgeKey } from "../signing/forge-key.ts";
import type { FaultState } from "../http/faults.ts";
import type { Delivery } from "../webhooks/delivery.ts";
import type { Account, App, Holding, Person, Team, Token } from "./account.ts";
import type { Issue } from "./issue.ts";
import type { Pull } from "./pull.ts";

/** Holds everything the small GitHub knows beside git itself. It lives in memory and dies with it. */
export interface World {
  readonly options: SandboxOptions;
  readonly git: Git;
  /** `http://127.0.0.1:<port>`, known once it listens. */
  baseUrl: string;
  readonly startedAt: string;
  readonly organisation: Account;
  readonly people: Map<string, Person>;
  readonly apps: Map<string, App>;
  readonly teams: Map<string, Team>;
  /** Every repository of the organisation by name; the one with git is among them. */
  readonly holdings: Map<string, Holding>;
  readonly tokens: Map<string, Token>;
  readonly issues: Map<number, Issue>;
  readonly pulls: Map<number, Pull>;
  readonly comments: Comment[];
  readonly checkRuns: CheckRun[];
  readonly statuses: Status[];
  readonly activity: Activity[];
  readonly forgeKey: ForgeKey;
  /** Commits that GitHub made and signed itself, by oid. */
  readonly forgeSigned: Map<string, ForgeSignature>;
  protection: readonly BranchProtection[];
  readonly deliveries: Delivery[];
  readonly faults: FaultState;
  /** Gives a new database id, never used before for anything. */
  nextId(): number;
  /** Runs changes one after the other. */
  exclusively<T>(change: () => Promise<T>): Promise<T>;
}

/** A comment on the conversation of an issue or a pull request. */
export interface Comment {
  readonly id: number;
  /** Number of the issue or the pull request. */
  readonly number: number;
  readonly author: Account;
  readonly viaApp: App | null;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
  /** GraphQL alone tells it: the REST times are whole seconds, and an edit can share one with the writing. */
  editedAt: string | null;
}

/** One run of a check on a commit. */
export interface CheckRun {
  readonly id: number;
  readonly suite: number;
  readonly app: App;
  readonly headSha: string;
  name: string;
  status: "queued" | "in_progress" | "completed";
  conclusion: string | null;
  startedAt: string;
  completedAt: string | null;
  externalId: string;
  detailsUrl: string;
  output: {
    title: string | null;
    summary: string | null;
    text: string | null;
    annotations: number;
  };
}

/** A commit status. */
export interface Status {
  readonly id: number;
  readonly sha: string;
  readonly state: string;
  readonly context: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: Account;
  readonly at: string;
}

/** One movement of a branch, with who moved it. There is no queue here: nothing is a `merge_queue_merge`. */
export interface Activity {
  readonly id: number;
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  readonly kind: "push" | "force_push" | "branch_creation" | "branch_deletion" | "pr_merge";
  readonly actor: Account;
  readonly at: string;
}
