import type { ReviewDismissal } from "../../core/model/snapshot.ts";
import { accountOf } from "./accounts.ts";
import type { TimelineAnswer } from "./pull-answer.ts";
import { safeId } from "./safe-id.ts";

/** The name of the event in the timeline. */
export const dismissalEvent = "ReviewDismissedEvent";

/** Reads the last dismissal of each review, by the review's id. */
export function readDismissals(
  nodes: readonly TimelineAnswer[],
): ReadonlyMap<number, ReviewDismissal> {
  const last = new Map<number, ReviewDismissal>();
  for (const node of nodes) {
    const id = safeId(node.review?.fullDatabaseId);
    if (node.__typename !== dismissalEvent || id === null || node.createdAt === undefined) continue;
    const known = last.get(id);
    if (known !== undefined && Date.parse(node.createdAt) < Date.parse(known.at)) continue;
    last.set(id, { at: node.createdAt, by: accountOf(node.actor), was: stateBefore(node) });
  }
  return last;
}

function stateBefore({ previousReviewState: state }: TimelineAnswer): ReviewDismissal["was"] {
  if (state === "APPROVED" || state === "CHANGES_REQUESTED" || state === "COMMENTED") return state;
  return "UNKNOWN";
}
