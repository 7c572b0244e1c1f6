import { instant } from "../world/instant.ts";
import { page } from "../http/paging.ts";
import { neededText } from "../http/read-body.ts";
import { notFound, refuse } from "../http/refusal.ts";
import { created, ok, param, participants, readers } from "../http/reply.ts";
import { renderComment, renderIssue } from "../render/comment.ts";
import { emit } from "../webhooks/emit.ts";
import { findPull } from "./find-pull.ts";
import type { Call, Reply, Route } from "../http/reply.ts";
import type { Comment } from "../world/world.ts";

const all = "/repos/{owner}/{repo}/issues/{issue_number}/comments";

/** Serves the comments of a pull request's conversation. */
export const commentRoutes: readonly Route[] = [
  {
    method: "GET",
    path: all,
    needs: readers("issues", "pull_requests"),
    answer: (call) => {
      const { number } = findPull(call, "issue_number");
      const found = call.world.comments.filter((one) => one.pull === number);
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
  const pull = findPull(call, "issue_number");
  const now = instant();
  const comment: Comment = {
    id: world.nextId(),
    pull: pull.number,
    author: actor.account,
    viaApp: actor.kind === "installation" ? actor.app : null,
    body: neededText(body, "IssueComment", "body"),
    createdAt: now,
    updatedAt: now,
    editedAt: null,
  };
  world.comments.push(comment);
  tell(call, comment, { action: "created" });
  return created(renderComment(world, comment));
}

function edit(call: Call): Reply {
  const { world, actor, body } = call;
  const id = Number(param(call, "comment_id"));
  const comment = world.comments.find((one) => one.id === id);
  if (comment === undefined) throw notFound();
  const strong = actor.kind === "person" ? actor.person.access !== "read" : true;
  if (!strong && comment.author.id !== actor.account.id) {
    throw refuse(403, "Must have admin rights to Repository.");
  }
  const changes = { body: { from: comment.body } };
  comment.body = neededText(body, "IssueComment", "body");
  comment.updatedAt = instant();
  comment.editedAt = comment.updatedAt;
  tell(call, comment, { action: "edited", changes });
  return ok(renderComment(world, comment));
}

function tell(
  call: Call,
  comment: Comment,
  what: { action: string; changes?: { body: { from: string } } },
): void {
  const { world, actor } = call;
  const pull = world.pulls.get(comment.pull);
  if (pull === undefined) return;
  const issue = renderIssue(world, pull);
  emit(
    world,
    "issue_comment",
    { ...what, issue, comment: renderComment(world, comment) },
    actor.account,
  );
}
