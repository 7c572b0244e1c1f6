import { instant } from "../world/instant.ts";
import { page } from "../http/paging.ts";
import { neededText } from "../http/read-body.ts";
import { notFound } from "../http/refusal.ts";
import { created, ok, param, participants, readers } from "../http/reply.ts";
import { renderComment } from "../render/comment.ts";
import { emitComment } from "../webhooks/issue-events.ts";
import { partOf } from "../world/conversation.ts";
import { requireAuthorOrWriter } from "./author-or-writer.ts";
import { admitted, findConversation } from "./find-conversation.ts";
import type { Call, Reply, Route } from "../http/reply.ts";
import type { Comment } from "../world/world.ts";

const all = "/repos/{owner}/{repo}/issues/{issue_number}/comments";

/** Serves the comments of issues and of pull requests' conversations. */
export const commentRoutes: readonly Route[] = [
  {
    method: "GET",
    path: all,
    needs: readers("issues", "pull_requests"),
    answer: (call) => {
      const { number } = partOf(findConversation(call, "read"));
      const found = call.world.comments.filter((one) => one.number === number);
      return page(call, found, (comment) => renderComment(call.world, comment));
    },
  },
  { method: "POST", path: all, needs: participants("issues", "pull_requests"), answer: create },
  {
    method: "PATCH",
    path: "/repos/{owner}/{repo}/issues/comments/{comment_id}",
    needs: participants("issues", "pull_requests"),
    answer: edit,
  },
];

function create(call: Call): Reply {
  const { world, actor, body } = call;
  const about = findConversation(call, "write");
  const now = instant();
  const comment: Comment = {
    id: world.nextId(),
    number: partOf(about).number,
    author: actor.account,
    viaApp: actor.kind === "installation" ? actor.app : null,
    body: neededText(body, "IssueComment", "body"),
    createdAt: now,
    updatedAt: now,
    editedAt: null,
  };
  world.comments.push(comment);
  partOf(about).updatedAt = now;
  emitComment(world, about, comment, actor.account, { action: "created" });
  return created(renderComment(world, comment));
}

function edit(call: Call): Reply {
  const { world, actor, body } = call;
  const id = Number(param(call, "comment_id"));
  const comment = world.comments.find((one) => one.id === id);
  if (comment === undefined) throw notFound();
  const about = admitted(call, comment.number, "write");
  requireAuthorOrWriter(actor, comment.author);
  const changes = { body: { from: comment.body } };
  comment.body = neededText(body, "IssueComment", "body");
  comment.updatedAt = instant();
  comment.editedAt = comment.updatedAt;
  emitComment(world, about, comment, actor.account, { action: "edited", changes });
  return ok(renderComment(world, comment));
}
