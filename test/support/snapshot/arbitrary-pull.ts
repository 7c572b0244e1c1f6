import fc from "fast-check";
import type { Account } from "../../../src/core/model/account.ts";
import type {
  CommitFacts,
  PullEvent,
  PullFacts,
  PushFacts,
} from "../../../src/core/model/snapshot.ts";
import { anyAccount } from "./arbitrary-account.ts";
import { anyInstant } from "./arbitrary-review.ts";
import { headOid, opened } from "./build-snapshot.ts";
import { accountOf } from "./second-accounts.ts";

/** What became of the branch and the pull request besides its reviews; most of it is nothing. */
export interface Branch {
  /** Which of the asker's accounts opened it, wrote its head and pushed it. */
  readonly accounts: readonly [number, number, number];
  readonly coAuthor: Account | null | "nobody";
  /** Who committed it, if not who wrote it. */
  readonly committer: Account | null | "author";
  readonly openedLongAgo: boolean;
  /** The forge made the head commit for its author, and vouches for it. */
  readonly webEdit: boolean;
  readonly head: "own" | "merge-of-base";
  readonly earlier: { readonly by: Account | null; readonly touches: boolean } | null;
  readonly push: { readonly by: Account | null; readonly touches: boolean } | null;
  readonly lostHead: boolean;
  readonly events: readonly Pick<PullEvent, "kind" | "at">[];
  readonly state: "open" | "draft" | "closed" | "merged" | "fork";
}

/** True once in so many times. */
export const seldom = (times: number): fc.Arbitrary<boolean> =>
  fc.nat({ max: times - 1 }).map((n) => n === times - 1);

/** `null`, but once in so many times what is given. */
export const sometimes = <T>(times: number, given: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: given });

const account = fc.nat({ max: 1 });
const contribution = fc.record({ by: anyAccount, touches: fc.boolean() });

export const anyBranch: fc.Arbitrary<Branch> = fc.record({
  accounts: fc.tuple(account, account, account),
  coAuthor: fc.oneof(
    { weight: 12, arbitrary: fc.constant("nobody" as const) },
    { weight: 1, arbitrary: anyAccount },
  ),
  committer: fc.oneof(
    { weight: 20, arbitrary: fc.constant("author" as const) },
    { weight: 1, arbitrary: anyAccount },
  ),
  openedLongAgo: seldom(40),
  webEdit: seldom(8),
  head: fc.constantFrom("own", "own", "own", "own", "own", "merge-of-base"),
  earlier: sometimes(5, contribution),
  push: sometimes(6, contribution),
  lostHead: seldom(40),
  events: fc.oneof(
    { weight: 9, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc.array(
        fc.record({
          kind: fc.constantFrom(
            "force-pushed",
            "base-changed",
            "closed",
            "reopened",
            "drafted",
            "ready",
          ),
          at: fc.oneof(fc.constant("2026-11-21T08:30:00Z"), anyInstant),
        }),
        { minLength: 1, maxLength: 2 },
      ),
    },
  ),
  state: fc.oneof(
    { weight: 20, arbitrary: fc.constant("open" as const) },
    { weight: 1, arbitrary: fc.constantFrom("draft", "closed", "merged", "fork") },
  ),
});

/** Longer than any policy waits. */
export const longAgo = "2026-11-01T08:00:00Z";
const baseOid = "b".repeat(40);
/** The newest commit that is not a merge of the base: what reviewers saw. */
const writtenOid = "c".repeat(40);

/** The commit that is reviewed: the head, or what it was before the base was merged into it. */
export function reviewedHead({ head }: Branch): string {
  return head === "own" ? headOid : writtenOid;
}

/** Makes the facts of a pull request by somebody with these accounts. */
export function pullOf(branch: Branch, askers: readonly string[]): Partial<PullFacts> {
  const own = branch.accounts.map((at) => accountOf(askers[at] ?? askers[0] ?? "ghost"));
  const [opener = null, writer = null, pusher = null] = own;
  const written = reviewedHead(branch);
  const heads = [written, headOid, ...(branch.lostHead ? ["9".repeat(40)] : [])];
  return {
    author: opener,
    createdAt: branch.openedLongAgo ? longAgo : opened,
    ...stateOf(branch),
    commits: commitsOf(branch, writer),
    heads: [...new Set(heads)].sort(),
    pushes: [
      ...[...new Set([written, headOid])].map((after) => push(after, pusher, true)),
      ...(branch.push === null ? [] : [push("f".repeat(40), branch.push.by, branch.push.touches)]),
    ],
    events: branch.events
      .map((event) => ({ ...event, actor: null, heads: null }))
      .sort((a, b) => (a.at < b.at ? -1 : 1)),
  };
}

function commitsOf(branch: Branch, writer: Account | null): readonly CommitFacts[] {
  const { coAuthor, committer, earlier, webEdit, head } = branch;
  const coAuthors = coAuthor === "nobody" ? [] : [coAuthor];
  const first = "d".repeat(40);
  const before = earlier === null ? baseOid : first;
  const written = commit(reviewedHead(branch), [before], {
    authors: [writer, ...coAuthors],
    committer: webEdit ? accountOf("web-flow") : committer === "author" ? writer : committer,
    touches: true,
  });
  return [
    ...(earlier === null
      ? []
      : [
          commit(first, [baseOid], {
            authors: [earlier.by],
            committer: earlier.by,
            touches: earlier.touches,
          }),
        ]),
    { ...written, signedByForge: webEdit },
    ...(head === "own"
      ? []
      : [
          commit(headOid, [writtenOid, "8".repeat(40)], {
            authors: [writer],
            committer: writer,
            touches: false,
          }),
        ]),
  ];
}

function commit(
  oid: string,
  parents: readonly string[],
  by: {
    readonly authors: readonly (Account | null)[];
    readonly committer: Account | null;
    readonly touches: boolean;
  },
): CommitFacts {
  const as = (account: Account | null) => ({
    name: "Somebody",
    email: "some@body.example",
    account,
  });
  return {
    oid,
    parents,
    authors: by.authors.map(as),
    committer: as(by.committer),
    signedByForge: false,
    touchesGoverned: by.touches,
  };
}

function push(after: string, actor: Account | null, touches: boolean): PushFacts {
  return { before: null, after, at: opened, actor, touchesGoverned: touches };
}

function stateOf({ state }: Branch): Partial<PullFacts> {
  switch (state) {
    case "open":
      return {};
    case "draft":
      return { draft: true };
    case "closed":
      return { state: "closed" };
    case "fork":
      return { crossRepository: true };
    case "merged":
      return { state: "merged", mergedAt: "2026-11-21T11:00:00Z", mergeCommit: "7".repeat(40) };
  }
}
