import { nodeId } from "../world/node-id.ts";
import { commitsBetween } from "../git/refs.ts";
import { webUrl } from "../render/repository.ts";
import { connection } from "./connection.ts";
import { showAccount } from "./show-account.ts";
import { showCommit } from "./show-commit.ts";
import { showReview } from "./show-review.ts";
import type { PageArguments } from "./connection.ts";
import type { Pull, PullEvent } from "../world/pull.ts";
import type { Comment, World } from "../world/world.ts";

/** Arguments of `timelineItems`. */
export interface TimelineArguments extends PageArguments {
  readonly itemTypes?: readonly string[] | null;
  readonly since?: string | null;
}

interface Item {
  readonly id: number;
  readonly at: string;
  readonly shown: { readonly __typename: string };
}

/** Shows what happened to a pull request, in order. Commits that a force-push removed are gone. */
export async function showTimeline(world: World, pull: Pull, args: TimelineArguments) {
  const current = new Set(await commitsBetween(world.git, pull.baseOid, pull.headOid));
  const events = pull.events
    .filter((one) => one.type !== "PullRequestCommit" || current.has(one.after ?? ""))
    .map((one) => item(one, showEvent(world, pull, one)));
  const reviews = pull.reviews.map((one) =>
    item({ id: one.id, at: one.submittedAt }, showReview(world, pull, one)),
  );
  const comments = world.comments
    .filter((one) => one.pull === pull.number)
    .map((one) => item({ id: one.id, at: one.createdAt }, showComment(world, one)));
  const all = [...events, ...reviews, ...comments].sort((a, b) => a.id - b.id);
  const since = args.since ?? "";
  const wanted = all
    .filter((one) => since === "" || one.at >= since)
    .filter((one) => args.itemTypes?.includes(enumName(one.shown.__typename)) ?? true)
    .map((one) => one.shown);
  const page = connection("timelineItems", args, wanted);
  return {
    ...page,
    filteredCount: wanted.length,
    pageCount: page.nodes.length,
    updatedAt: pull.updatedAt,
  };
}

/** Shows a comment of the conversation. */
export function showComment(world: World, comment: Comment) {
  return {
    __typename: "IssueComment",
    id: nodeId("IC", comment.id),
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    body: comment.body,
    bodyText: comment.body,
    author: showAccount(world, comment.author),
    createdAt: comment.createdAt,
    updatedAt: comment.updatedAt,
    lastEditedAt: comment.editedAt,
    url: webUrl(world, `/pull/${comment.pull}#issuecomment-${comment.id}`),
  };
}

function item(from: { id: number; at: string }, shown: Item["shown"]): Item {
  return { id: from.id, at: from.at, shown };
}

function showEvent(world: World, pull: Pull, event: PullEvent): Item["shown"] {
  const common = {
    __typename: event.type,
    id: nodeId("EV", event.id),
    actor: showAccount(world, event.actor),
    createdAt: event.at,
    resourcePath: new URL(webUrl(world, `/pull/${pull.number}`)).pathname,
    url: webUrl(world, `/pull/${pull.number}#event-${event.id}`),
  };
  const { before, after, review } = event;
  const commit = (oid: string | null) => () => (oid === null ? null : showCommit(world, oid));
  switch (event.type) {
    case "HeadRefForcePushedEvent":
      return { ...common, ...{ beforeCommit: commit(before), afterCommit: commit(after) } };
    case "BaseRefForcePushedEvent":
      return { ...common, ...{ beforeCommit: commit(before), afterCommit: commit(after) } };
    case "BaseRefChangedEvent":
      return { ...common, ...{ previousRefName: before, currentRefName: after } };
    case "RenamedTitleEvent":
      return { ...common, ...{ previousTitle: before, currentTitle: after } };
    case "HeadRefDeletedEvent":
      return { ...common, ...{ headRefName: before } };
    case "MergedEvent":
      return { ...common, ...{ mergeRefName: before, commit: commit(after) } };
    case "PullRequestCommit":
      return { ...common, ...{ commit: commit(after) } };
    case "ReviewDismissedEvent": {
      const shown = review === null ? null : showReview(world, pull, review);
      const dismissed = { previousReviewState: before, dismissalMessage: after, review: shown };
      return { ...common, ...dismissed, ...{ databaseId: event.id } };
    }
    case "ClosedEvent":
    case "ReopenedEvent":
      return { ...common, ...{ stateReason: null } };
    case "ConvertToDraftEvent":
    case "ReadyForReviewEvent":
      return common;
  }
}

/** `HeadRefForcePushedEvent` → `HEAD_REF_FORCE_PUSHED_EVENT`. */
function enumName(type: string): string {
  return type.replaceAll(/(?!^)([A-Z])/g, "_$1").toUpperCase();
}
