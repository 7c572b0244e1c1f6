import { conversationUrl } from "../render/conversation-url.ts";
import { nodeId } from "../world/node-id.ts";
import { showAccount } from "./show-account.ts";
import type { Comment, World } from "../world/world.ts";

/** Shows a comment on the conversation of an issue or a pull request. */
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
    url: `${conversationUrl(world, comment.number)}#issuecomment-${comment.id}`,
  };
}
