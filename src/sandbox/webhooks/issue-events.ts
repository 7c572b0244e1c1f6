import { renderComment } from "../render/comment.ts";
import { renderIssue } from "../render/issue.ts";
import { emit } from "./emit.ts";
import type { JsonObject } from "../http/json.ts";
import type { Account } from "../world/account.ts";
import type { Conversation } from "../world/conversation.ts";
import type { Issue } from "../world/issue.ts";
import type { Comment, World } from "../world/world.ts";

/** Tells of something that happened to an issue. Pull requests have events of their own. */
export function emitIssue(
  world: World,
  issue: Issue,
  action: "opened" | "closed" | "reopened" | "edited",
  sender: Account,
  more: JsonObject = {},
): void {
  const payload = { action, issue: renderIssue(world, { kind: "issue", issue }), ...more };
  emit(world, "issues", payload, sender);
}

/** Tells of a comment on an issue, or on a pull request, which is an issue here too. */
export function emitComment(
  world: World,
  about: Conversation,
  comment: Comment,
  sender: Account,
  what: {
    readonly action: string;
    readonly changes?: { readonly body: { readonly from: string } };
  },
): void {
  const issue = renderIssue(world, about);
  emit(world, "issue_comment", { ...what, issue, comment: renderComment(world, comment) }, sender);
}
