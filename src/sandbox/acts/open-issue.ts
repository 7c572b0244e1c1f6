import { nextNumber } from "../world/conversation.ts";
import { instant } from "../world/instant.ts";
import { nodeId } from "../world/node-id.ts";
import { emitIssue } from "../webhooks/issue-events.ts";
import type { Actor } from "../world/account.ts";
import type { Issue } from "../world/issue.ts";
import type { World } from "../world/world.ts";

/** Opens an issue, and tells of it. */
export function openIssue(
  world: World,
  actor: Actor,
  { title, body }: { readonly title: string; readonly body: string | null },
): Issue {
  const now = instant();
  const id = world.nextId();
  const issue: Issue = {
    number: nextNumber(world),
    id,
    nodeId: nodeId("I", id),
    author: actor.account,
    viaApp: actor.kind === "installation" ? actor.app : null,
    createdAt: now,
    updatedAt: now,
    title,
    body,
    edited: null,
    state: "open",
    stateReason: null,
    closed: null,
    events: [],
  };
  world.issues.set(issue.number, issue);
  emitIssue(world, issue, "opened", actor.account);
  return issue;
}
