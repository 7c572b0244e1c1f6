import { permit } from "../http/permit.ts";
import { notFound } from "../http/refusal.ts";
import { param, participants, readers } from "../http/reply.ts";
import { conversationOf } from "../world/conversation.ts";
import type { Call } from "../http/reply.ts";
import type { Conversation } from "../world/conversation.ts";

/**
 * Finds the issue or the pull request that a path names as an issue, or refuses with 404. A token with
 * `pull_requests` alone gets into such a path for pull requests, but is refused an issue.
 */
export function findConversation(call: Call, level: "read" | "write"): Conversation {
  return admitted(call, Number(param(call, "issue_number")), level);
}

/** Gives what has a number, once the asker proves to have the permission that its kind needs. */
export function admitted(call: Call, number: number, level: "read" | "write"): Conversation {
  const found = conversationOf(call.world, number);
  if (found === null) throw notFound();
  if (found.kind === "issue") {
    permit(call.actor, level === "read" ? readers("issues") : participants("issues"));
  }
  return found;
}
