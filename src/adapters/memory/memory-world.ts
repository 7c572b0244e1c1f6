import type { Account } from "../../core/model/account.ts";
import type { ForgeCommit, ForgePush, PullRead } from "../../ports/forge-reader.ts";
import type { ForgeComment } from "../../ports/forge-conversation.ts";
import type { Check, CheckMark } from "../../ports/forge-writer.ts";

/** Everything a forge in memory shows. Plain and mutable: a test sets the scene by writing into it. */
export interface MemoryWorld {
  readonly repository: PullRead["repository"];
  readonly governedBranch: string;
  /** Tip of the governed branch. */
  tip: string;
  governance: PullRead["governance"]["files"];
  /** Paths of the request files on the governed branch. */
  readonly paths: Set<string>;
  readonly pulls: Map<number, MemoryPull>;
  readonly teams: Map<string, readonly Account[]>;
  /** Movements of each branch, oldest first; `null`: a forge that does not tell. */
  pushes: Map<string, readonly ForgePush[]> | null;
  /** Commits beside those of the pull requests, by oid: what a force-push took away. */
  readonly commits: Map<string, ForgeCommit>;
  /** The check run of each head; the last one published. */
  readonly checks: Map<string, Check>;
  /** What stands on a head under the name of our check beside what was published. */
  readonly marks: Map<string, readonly CheckMark[]>;
  /** The conversation of each pull request; ours are those of `writer`. */
  readonly comments: Map<number, readonly ForgeComment[]>;
  /** Who opens the removals: the gate's App. */
  readonly writer: Account;
  /** Thrown by every call while it is set: ForgeUnavailable or ForgeRefused. */
  outage: Error | null;
  readonly now: () => Date;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A pull request in memory. Merging it removes those of its paths that the branch has and adds the rest. */
export interface MemoryPull extends Mutable<
  Omit<PullRead, "repository" | "governance" | "teams" | "missing">
> {
  missing: PullRead["missing"];
}

/** Makes an empty world for `acme/access`; the parts given replace its own. */
export function memoryWorld(parts: Partial<MemoryWorld> = {}): MemoryWorld {
  return {
    repository: { id: 700001, owner: "acme", name: "access" },
    governedBranch: "main",
    tip: "0".repeat(40),
    governance: [],
    paths: new Set(),
    pulls: new Map(),
    teams: new Map(),
    pushes: new Map(),
    commits: new Map(),
    checks: new Map(),
    marks: new Map(),
    comments: new Map(),
    writer: { id: 900001, login: "countersign-gate[bot]", type: "Bot" },
    outage: null,
    now: () => new Date(),
    ...parts,
  };
}

/** Makes an open pull request that adds one file in one commit by its author. */
export function memoryPull(
  parts: Partial<MemoryPull> & Pick<MemoryPull, "number" | "author" | "headOid" | "headRef">,
): MemoryPull {
  const { author } = parts;
  const name = author?.login ?? "ghost";
  const person = { name, email: `${name}@users.noreply.example`, account: author };
  return {
    nodeId: `PR_${parts.number}`,
    ...{ state: "open", draft: false, crossRepository: false, createdAt: "2026-11-21T08:00:00Z" },
    ...{ baseRef: "main", mergedAt: null, mergeCommit: null },
    commits: [{ oid: parts.headOid, authors: [person], committer: person, signedByForge: false }],
    ...{ paths: [], reviews: [], events: [], missing: [] },
    ...parts,
  };
}
