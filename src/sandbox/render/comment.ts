import { nodeId } from "../world/node-id.ts";
import { association } from "./association.ts";
import { renderApp } from "./app.ts";
import { conversationUrl } from "./conversation-url.ts";
import { reactions } from "./reactions.ts";
import { apiUrl } from "./repository.ts";
import { renderUser } from "./user.ts";
import type { JsonObject } from "../http/json.ts";
import type { Comment, World } from "../world/world.ts";

/** Renders a comment on the conversation of an issue or a pull request. */
export function renderComment(world: World, comment: Comment): JsonObject {
  const api = apiUrl(world, `/issues/comments/${comment.id}`);
  return {
    id: comment.id,
    node_id: nodeId("IC", comment.id),
    url: api,
    html_url: `${conversationUrl(world, comment.number)}#issuecomment-${comment.id}`,
    issue_url: apiUrl(world, `/issues/${comment.number}`),
    body: comment.body,
    user: renderUser(world, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: association(world, comment.author),
    performed_via_github_app: comment.viaApp === null ? null : renderApp(world, comment.viaApp),
    reactions: reactions(`${api}/reactions`),
  };
}
