import type { IncidentFacts } from "../../core/model/emergency.ts";
import { incidentText } from "../../core/model/emergency.ts";
import type { IncidentReference } from "../../core/model/emergency.ts";
import type { IncidentSource } from "../../ports/incident-source.ts";
import { actorFragment } from "./actor-fragment.ts";
import { accountOf } from "./accounts.ts";
import type { GitHubOctokit } from "./github-octokit.ts";
import type { ActorAnswer } from "./pull-answer.ts";
import { queryGitHub } from "./query-github.ts";

/** Reads issues as incidents, as IncidentSource promises. */
export function githubIncidents(octokit: GitHubOctokit): IncidentSource {
  return {
    async read(reference) {
      const doing = `reading the incident ${incidentText(reference)}`;
      const { owner, repository: name, number } = reference;
      const comments: CommentAnswer[] = [];
      let after: string | null = null;
      for (let page = 1; page <= mostPages; page += 1) {
        const answer: IncidentAnswer = await queryGitHub<IncidentAnswer>(octokit, doing, {
          text: incidentQuery,
          variables: { owner, name, number, after },
          absent: ({ type }) => type === "NOT_FOUND",
        });
        const issue = answer.repository?.issue ?? null;
        if (issue === null) return null;
        comments.push(...(issue.comments.nodes ?? []).filter((node) => node !== null));
        after = issue.comments.pageInfo.endCursor;
        if (!issue.comments.pageInfo.hasNextPage || page === mostPages) {
          return incidentOf(reference, issue, comments);
        }
      }
      return null;
    },
  };
}

interface IncidentAnswer {
  readonly repository: { readonly issue: IssueAnswer | null } | null;
}

interface IssueAnswer {
  readonly state: "OPEN" | "CLOSED";
  readonly createdAt: string;
  readonly author: ActorAnswer | null;
  readonly comments: {
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly nodes: readonly (CommentAnswer | null)[] | null;
  };
  readonly timelineItems: {
    readonly nodes:
      | readonly ({ readonly createdAt?: string; readonly actor?: ActorAnswer | null } | null)[]
      | null;
  };
}

interface CommentAnswer {
  readonly author: ActorAnswer | null;
  readonly body: string;
  readonly createdAt: string;
  readonly lastEditedAt: string | null;
}

/** So many pages of comments are read; a confirmation below them is not seen, and has to be written on another issue. */
const mostPages = 10;

/**
 * The query for an incident: its newest hundred closings (if there are more, those listed are later than any that is not, so
 * one after the request is among them), and its comments, one of which may confirm it.
 */
export const incidentQuery = `
query CountersignIncident($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name, followRenames: false) {
    issue(number: $number) {
      state
      createdAt
      author { ...WhoActed }
      comments(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { author { ...WhoActed } body createdAt lastEditedAt }
      }
      timelineItems(itemTypes: [CLOSED_EVENT], last: 100) {
        nodes { ... on ClosedEvent { createdAt actor { ...WhoActed } } }
      }
    }
  }
}
${actorFragment}`;

function incidentOf(
  reference: IncidentReference,
  issue: IssueAnswer,
  comments: readonly CommentAnswer[],
): IncidentFacts {
  return {
    reference: incidentText(reference),
    state: issue.state === "OPEN" ? "open" : "closed",
    problem: null,
    openedBy: accountOf(issue.author),
    openedAt: issue.createdAt,
    confirmations: comments.flatMap(({ author, body, createdAt, lastEditedAt }) => {
      const by = accountOf(author);
      const isConfirmation = lastEditedAt === null && body.trim() === "/access confirm";
      return isConfirmation && by !== null ? [{ at: createdAt, by }] : [];
    }),
    closings: (issue.timelineItems.nodes ?? []).flatMap((node) =>
      node?.createdAt === undefined ? [] : [{ at: node.createdAt, by: accountOf(node.actor) }],
    ),
  };
}
