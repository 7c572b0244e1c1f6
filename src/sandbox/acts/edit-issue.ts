import { instant } from "../world/instant.ts";
import { emitIssue } from "../webhooks/issue-events.ts";
import type { JsonObject } from "../http/json.ts";
import type { Account } from "../world/account.ts";
import type { CloseReason, Issue, IssueChange } from "../world/issue.ts";
import type { World } from "../world/world.ts";

/** Changes title and body, and tells of it if anything changed. */
export function rewordIssue(
  world: World,
  issue: Issue,
  by: Account,
  { title, body }: { readonly title: string | null; readonly body: string | null },
): void {
  const changes: Record<string, JsonObject> = {};
  if (title !== null && title !== issue.title) {
    changes["title"] = { from: issue.title };
    note(world, issue, by, { type: "RenamedTitleEvent", before: issue.title, after: title });
    issue.title = title;
  }
  if (body !== null && body !== issue.body) {
    changes["body"] = { from: issue.body ?? "" };
    issue.body = body;
    issue.edited = { at: instant(), by };
    issue.updatedAt = issue.edited.at;
  }
  if (Object.keys(changes).length > 0) emitIssue(world, issue, "edited", by, { changes });
}

/** Closes an issue, and tells of it. One that is closed keeps its reason, as on GitHub. */
export function closeIssue(world: World, issue: Issue, by: Account, reason: CloseReason): void {
  if (issue.state === "closed") return;
  issue.state = "closed";
  issue.stateReason = reason;
  issue.closed = { at: note(world, issue, by, { type: "ClosedEvent", reason }), by };
  emitIssue(world, issue, "closed", by);
}

/** Opens an issue again, and tells of it. Nothing happens to an open one. */
export function reopenIssue(world: World, issue: Issue, by: Account): void {
  if (issue.state === "open") return;
  issue.state = "open";
  issue.stateReason = "reopened";
  issue.closed = null;
  note(world, issue, by, { type: "ReopenedEvent" });
  emitIssue(world, issue, "reopened", by);
}

/** Puts an event on the timeline and gives its instant. */
function note(world: World, issue: Issue, actor: Account, change: IssueChange): string {
  const at = instant();
  issue.updatedAt = at;
  issue.events.push({ id: world.nextId(), at, actor, ...change });
  return at;
}
