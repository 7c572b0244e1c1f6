import type { IncidentFacts } from "../../core/model/emergency.ts";
import { incidentText } from "../../core/parse/incident-reference.ts";
import type { IncidentReference } from "../../core/parse/incident-reference.ts";
import type { IncidentSource } from "../../ports/incident-source.ts";
import { ForgeRefused } from "../../ports/forge-reader.ts";
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
      const answer = await queryGitHub<IncidentAnswer>(octokit, doing, {
        text: incidentQuery,
        variables: { owner, name, number },
        absent: ({ type }) => type === "NOT_FOUND",
      });
      const issue = answer.repository?.issue ?? null;
      return issue === null ? null : incidentOf(reference, issue);
    },
  };
}

interface IncidentAnswer {
  readonly repository: { readonly issue: IssueAnswer | null } | null;
}

interface IssueAnswer {
  readonly state: "OPEN" | "CLOSED";
  readonly author: ActorAnswer | null;
  readonly comments: {
    readonly nodes:
      | readonly ({
          readonly author: ActorAnswer | null;
          readonly body: string;
          readonly lastEditedAt: string | null;
        } | null)[]
      | null;
  };
  readonly timelineItems: {
    readonly pageInfo: { readonly hasPreviousPage: boolean };
    readonly nodes:
      | readonly ({ readonly createdAt?: string; readonly actor?: ActorAnswer | null } | null)[]
      | null;
  };
}

/** The query for an incident: its newest closings, and the newest comments, one of which may confirm it. */
export const incidentQuery = `
query CountersignIncident($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name, followRenames: false) {
    issue(number: $number) {
      state
      author { ...who }
      comments(last: 100) { nodes { author { ...who } body lastEditedAt } }
      timelineItems(itemTypes: [CLOSED_EVENT], last: 100) {
        pageInfo { hasPreviousPage }
        nodes { ... on ClosedEvent { createdAt actor { ...who } } }
      }
    }
  }
}
fragment who on Actor {
  __typename
  login
  ... on User { databaseId }
  ... on Bot { databaseId }
  ... on Mannequin { databaseId }
  ... on Organization { databaseId }
  ... on EnterpriseUserAccount { user { databaseId } }
}
`;

function incidentOf(reference: IncidentReference, issue: IssueAnswer): IncidentFacts {
  if (issue.timelineItems.pageInfo.hasPreviousPage) {
    throw new ForgeRefused(
      `${incidentText(reference)} was closed more than 100 times: use another issue.`,
      0,
    );
  }
  const confirming = (issue.comments.nodes ?? []).filter(
    (node) => node?.lastEditedAt === null && node.body.trim() === "/access confirm",
  );
  return {
    reference: incidentText(reference),
    state: issue.state === "OPEN" ? "open" : "closed",
    openedBy: accountOf(issue.author),
    confirmedBy: confirming.flatMap((node) => accountOf(node?.author) ?? []),
    closings: (issue.timelineItems.nodes ?? []).flatMap((node) =>
      node?.createdAt === undefined ? [] : [{ at: node.createdAt, by: accountOf(node.actor) }],
    ),
  };
}
