import { actorFragment } from "./actor-fragment.ts";
import { commitFields } from "./commit-fields.ts";

/** The lists of a pull request that may be longer than one page. */
export type PullList = "reviews" | "commits" | "files" | "timelineItems";

/**
 * Writes the one query of an evaluation: pull request, governance files at the tip of the governed branch
 * and `teams` teams, as aliases t0, t1, … Names only ever travel as variables, never inside the text.
 */
export function pullQuery(teams: number): string {
  const indices = Array.from({ length: teams }, (_, index) => index);
  return `
query CountersignPull(
  $owner: String!
  $name: String!
  $number: Int!
  $ref: String!
  ${indices.map((index) => `$t${index}: String!`).join(" ")}
) {
  repository(owner: $owner, name: $name, followRenames: false) {
    databaseId
    name
    owner { __typename login }
    ref(qualifiedName: $ref) { target { __typename oid ... on Commit { ${governance} } } }
    pullRequest(number: $number) {
      id number state isDraft isCrossRepository createdAt mergedAt
      baseRefName headRefName headRefOid
      mergeCommit { oid }
      author { ...WhoActed }
      reviews(first: 100) ${lists.reviews}
      commits(first: 100) ${lists.commits}
      files(first: 100) ${lists.files}
      timelineItems(first: 100, itemTypes: ${events}) ${lists.timelineItems}
    }
  }
  ${teams === 0 ? "" : `organization(login: $owner) { ${indices.map(team).join(" ")} }`}
}
${actorFragment}
`;
}

/** Writes the query for one further page of a list of the pull request. */
export function pullPageQuery(list: PullList): string {
  const only = list === "timelineItems" ? `, itemTypes: ${events}` : "";
  const needsActor = list === "reviews" || list === "timelineItems";
  return `
query CountersignPullPage($owner: String!, $name: String!, $number: Int!, $after: String!) {
  repository(owner: $owner, name: $name, followRenames: false) {
    pullRequest(number: $number) {
      headRefOid
      page: ${list}(first: 100, after: $after${only}) ${lists[list]}
    }
  }
}
${needsActor ? actorFragment : ""}
`;
}

/** The query for one further page of a team's members. */
export const teamPageQuery = `
query CountersignTeamPage($owner: String!, $team: String!, $after: String!) {
  organization(login: $owner) {
    team(slug: $team) {
      page: members(first: 100, after: $after) ${paged("databaseId login")}
    }
  }
}
`;

const lists: Readonly<Record<PullList, string>> = {
  reviews: paged("fullDatabaseId state submittedAt commit { oid } author { ...WhoActed }"),
  commits: paged(`commit { ${commitFields} }`),
  files: paged("path"),
  timelineItems: paged(`__typename
    ... on HeadRefForcePushedEvent {
      createdAt actor { ...WhoActed } beforeCommit { oid } afterCommit { oid }
    }
    ... on ReviewDismissedEvent {
      createdAt actor { ...WhoActed } previousReviewState review { fullDatabaseId }
    }
    ... on BaseRefChangedEvent { createdAt actor { ...WhoActed } }
    ... on ClosedEvent { createdAt actor { ...WhoActed } }
    ... on ReopenedEvent { createdAt actor { ...WhoActed } }
    ... on ConvertToDraftEvent { createdAt actor { ...WhoActed } }
    ... on ReadyForReviewEvent { createdAt actor { ...WhoActed } }`),
};

const events = `[
  HEAD_REF_FORCE_PUSHED_EVENT, BASE_REF_CHANGED_EVENT, CLOSED_EVENT,
  REOPENED_EVENT, CONVERT_TO_DRAFT_EVENT, READY_FOR_REVIEW_EVENT, REVIEW_DISMISSED_EVENT
]`;

const blob = "... on Blob { oid text isBinary isTruncated byteSize }";

const governance = `file(path: "governance") {
  type
  object { ... on Tree { entries { name mode type oid object { ${blob}
    ... on Tree { entries { name mode type oid object { ${blob} } } } } } } }
}`;

function team(index: number): string {
  return `t${index}: team(slug: $t${index}) { slug members(first: 100) ${paged("databaseId login")} }`;
}

function paged(fields: string): string {
  return `{ totalCount pageInfo { hasNextPage endCursor } nodes { ${fields} } }`;
}
