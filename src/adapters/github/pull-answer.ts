/** What `pullQuery` answers; nullable exactly where GitHub's schema is. */
export interface PullAnswer {
  readonly repository: RepositoryAnswer | null;
  /** Absent when no team was asked for, `null` for a personal account. */
  readonly organization?: Readonly<Record<string, TeamAnswer | null>> | null;
}

export interface RepositoryAnswer {
  readonly databaseId: number | null;
  readonly name: string;
  readonly owner: { readonly __typename: string; readonly login: string };
  readonly ref: { readonly target: TipAnswer | null } | null;
  readonly pullRequest: PullRequestAnswer | null;
}

export interface TipAnswer {
  readonly __typename: string;
  readonly oid: string;
  readonly file?: { readonly type: string; readonly object: TreeAnswer | null } | null;
}

export interface TreeAnswer {
  readonly entries?: readonly TreeEntryAnswer[] | null;
}

export interface TreeEntryAnswer {
  readonly name: string;
  /** As a number: 33188 is 100644 in octal. */
  readonly mode: number;
  readonly type: string;
  readonly oid: string;
  readonly object: (TreeAnswer & Partial<BlobAnswer>) | null;
}

export interface BlobAnswer {
  readonly oid: string;
  readonly text: string | null;
  readonly isBinary: boolean | null;
  readonly isTruncated: boolean;
  readonly byteSize: number;
}

export interface PullRequestAnswer {
  readonly id: string;
  readonly number: number;
  readonly state: "OPEN" | "CLOSED" | "MERGED";
  readonly isDraft: boolean;
  readonly isCrossRepository: boolean;
  readonly createdAt: string;
  readonly mergedAt: string | null;
  readonly baseRefName: string;
  readonly headRefName: string;
  readonly headRefOid: string;
  readonly mergeCommit: { readonly oid: string } | null;
  readonly author: ActorAnswer | null;
  readonly reviews: PageAnswer<ReviewAnswer> | null;
  readonly commits: PageAnswer<PullCommitAnswer>;
  readonly files: PageAnswer<{ readonly path: string }> | null;
  readonly timelineItems: PageAnswer<TimelineAnswer>;
}

/** One page of a list, with the total that the whole list should have. */
export interface PageAnswer<T> {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly (T | null)[] | null;
}

export interface ActorAnswer {
  readonly __typename: string;
  readonly login: string;
  readonly databaseId?: number | null;
  readonly user?: { readonly databaseId: number | null } | null;
}

export interface ReviewAnswer {
  /** A 64-bit number, in JSON as text. */
  readonly fullDatabaseId: string | number | null;
  readonly state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED" | "PENDING";
  readonly submittedAt: string | null;
  readonly commit: { readonly oid: string } | null;
  readonly author: ActorAnswer | null;
}

export interface PullCommitAnswer {
  readonly commit: CommitAnswer;
}

export interface CommitAnswer {
  readonly oid: string;
  readonly authors: {
    readonly totalCount: number;
    readonly nodes: readonly (GitActorAnswer | null)[] | null;
  };
  readonly committer: GitActorAnswer | null;
  readonly signature: { readonly isValid: boolean; readonly wasSignedByGitHub: boolean } | null;
}

export interface GitActorAnswer {
  readonly name: string | null;
  readonly email: string | null;
  readonly user: MemberAnswer | null;
}

export interface MemberAnswer {
  readonly databaseId: number | null;
  readonly login: string;
}

export interface TimelineAnswer {
  readonly __typename: string;
  readonly createdAt?: string;
  readonly actor?: ActorAnswer | null;
  /** Of a force-push; `null` when GitHub no longer has the commit. */
  readonly beforeCommit?: { readonly oid: string } | null;
  readonly afterCommit?: { readonly oid: string } | null;
  /** Of a dismissal. */
  readonly previousReviewState?: ReviewAnswer["state"];
  readonly review?: Pick<ReviewAnswer, "fullDatabaseId"> | null;
}

export interface TeamAnswer {
  readonly slug: string;
  readonly members: PageAnswer<MemberAnswer>;
}
