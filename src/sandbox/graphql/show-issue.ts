import { association } from "../render/association.ts";
import { conversationUrl } from "../render/conversation-url.ts";
import { connection } from "./connection.ts";
import { showAccount } from "./show-account.ts";
import { showComment } from "./show-comment.ts";
import { timelineItem, timelinePage } from "./timeline-page.ts";
import { nodeId } from "../world/node-id.ts";
import type { PageArguments } from "./connection.ts";
import type { Issue, IssueEvent } from "../world/issue.ts";
import type { Comment, World } from "../world/world.ts";
import type { Shown, TimelineArguments } from "./timeline-page.ts";

/** Shows an issue with its comments and its timeline. */
export function showIssue(world: World, issue: Issue): Shown {
  return {
    __typename: "Issue",
    ...plainFields(world, issue),
    comments: (args: PageArguments) => {
      const shown = commentsOf(world, issue).map((one) => showComment(world, one));
      return connection("comments", args, shown);
    },
    timelineItems: (args: TimelineArguments) => showIssueTimeline(world, issue, args),
  };
}

function plainFields(world: World, issue: Issue) {
  const url = conversationUrl(world, issue.number);
  return {
    id: issue.nodeId,
    databaseId: issue.id,
    fullDatabaseId: String(issue.id),
    number: issue.number,
    title: issue.title,
    body: issue.body ?? "",
    bodyText: issue.body ?? "",
    state: issue.state.toUpperCase(),
    stateReason: issue.stateReason?.toUpperCase() ?? null,
    closed: issue.state === "closed",
    locked: false,
    createdAt: issue.createdAt,
    updatedAt: issue.updatedAt,
    closedAt: issue.closed?.at ?? null,
    lastEditedAt: issue.edited?.at ?? null,
    editor: issue.edited === null ? null : showAccount(world, issue.edited.by),
    author: showAccount(world, issue.author),
    authorAssociation: association(world, issue.author),
    resourcePath: new URL(url).pathname,
    url,
  };
}

function showIssueTimeline(world: World, issue: Issue, args: TimelineArguments) {
  const events = issue.events.map((one) => timelineItem(one, showEvent(world, issue, one)));
  const comments = commentsOf(world, issue).map((one) =>
    timelineItem({ id: one.id, at: one.createdAt }, showComment(world, one)),
  );
  return timelinePage([...events, ...comments], args, issue.updatedAt);
}

function showEvent(world: World, issue: Issue, event: IssueEvent): Shown {
  const common = {
    __typename: event.type,
    id: nodeId("EV", event.id),
    actor: showAccount(world, event.actor),
    createdAt: event.at,
  };
  const subject = () => showIssue(world, issue);
  switch (event.type) {
    case "ClosedEvent":
      return { ...common, ...closing(world, issue, event), closable: subject };
    case "ReopenedEvent":
      return { ...common, stateReason: "REOPENED", closable: subject };
    case "RenamedTitleEvent": {
      const { before, after } = event;
      return { ...common, previousTitle: before, currentTitle: after, subject };
    }
  }
}

function closing(world: World, issue: Issue, event: Extract<IssueEvent, { type: "ClosedEvent" }>) {
  const url = conversationUrl(world, issue.number);
  return {
    stateReason: event.reason.toUpperCase(),
    // Only commits and pull requests are closers; people close with nothing in between.
    closer: null,
    resourcePath: new URL(url).pathname,
    url: `${url}#event-${event.id}`,
  };
}

function commentsOf(world: World, issue: Issue): readonly Comment[] {
  return world.comments.filter((one) => one.number === issue.number);
}
