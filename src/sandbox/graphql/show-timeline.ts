import { nodeId } from "../world/node-id.ts";
import { commitsBetween } from "../git/refs.ts";
import { webUrl } from "../render/repository.ts";
import { showAccount } from "./show-account.ts";
import { showCommit } from "./show-commit.ts";
import { showComment } from "./show-comment.ts";
import { showReview } from "./show-review.ts";
import { timelineItem, timelinePage } from "./timeline-page.ts";
import type { Pull, PullEvent } from "../world/pull.ts";
import type { World } from "../world/world.ts";
import type { Shown, TimelineArguments } from "./timeline-page.ts";

/** Shows what happened to a pull request, in order. Commits that a force-push removed are gone. */
export async function showTimeline(world: World, pull: Pull, args: TimelineArguments) {
  const current = new Set(await commitsBetween(world.git, pull.baseOid, pull.headOid));
  const events = pull.events
    .filter((one) => one.type !== "PullRequestCommit" || current.has(one.after ?? ""))
    .map((one) => timelineItem(one, showEvent(world, pull, one)));
  const reviews = pull.reviews.map((one) =>
    timelineItem({ id: one.id, at: one.submittedAt }, showReview(world, pull, one)),
  );
  const comments = world.comments
    .filter((one) => one.number === pull.number)
    .map((one) => timelineItem({ id: one.id, at: one.createdAt }, showComment(world, one)));
  return timelinePage([...events, ...reviews, ...comments], args, pull.updatedAt);
}

function showEvent(world: World, pull: Pull, event: PullEvent): Shown {
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
