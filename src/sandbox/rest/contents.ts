import { moveRef } from "../acts/move-ref.ts";
import { branchTip, resolveCommit } from "../git/refs.ts";
import { listTree, readBlob, readEntry } from "../git/read-tree.ts";
import { commitByForge, editTree } from "../git/write-commit.ts";
import { neededText, textIn } from "../http/read-body.ts";
import { notFound, refuse } from "../http/refusal.ts";
import { ok, param, readers, writers } from "../http/reply.ts";
import { renderContent, renderContentFile } from "../render/content.ts";
import { renderGitCommit } from "../render/commit.ts";
import type { Call, Reply, Route } from "../http/reply.ts";

const path = "/repos/{owner}/{repo}/contents/{path}";

/** Serves files and folders, and commits of one file. */
export const contentRoutes: readonly Route[] = [
  { method: "GET", path, needs: readers("contents"), answer: read },
  { method: "PUT", path, needs: writers("contents"), answer: put },
  { method: "DELETE", path, needs: writers("contents"), answer: remove },
];

async function read(call: Call): Promise<Reply> {
  const { world, query } = call;
  const commit = await resolveCommit(world.git, query.get("ref") ?? "main");
  if (commit === null) throw refuse(404, `No commit found for the ref ${query.get("ref") ?? ""}`);
  const name = param(call, "path").replace(/\/$/, "");
  const entry = await readEntry(world.git, commit, name);
  if (entry === null) throw notFound();
  const ref = query.get("ref") ?? "main";
  if (entry.type === "tree") {
    const entries = await listTree(world.git, entry.oid);
    return ok(entries.map((one) => renderContent(world, ref, `${name}/${one.name}`, one)));
  }
  const bytes = await readBlob(world.git, entry.oid);
  return ok(renderContentFile(world, ref, name, entry, bytes));
}

async function put(call: Call): Promise<Reply> {
  const { world, body } = call;
  const name = param(call, "path");
  const { branch, tip } = await target(call);
  const entry = await readEntry(world.git, tip, name);
  const sha = textIn(body, "sha");
  if (entry !== null && sha === null) {
    throw refuse(422, `Invalid request.\n\n"sha" wasn't supplied.`);
  }
  if (sha !== null && sha !== entry?.oid) throw refuse(409, `${name} does not match ${sha}`);
  if (typeof body["content"] !== "string") {
    throw refuse(422, `Invalid request.\n\n"content" wasn't supplied.`);
  }
  const content = Buffer.from(body["content"], "base64");
  const commit = await write(call, branch, tip, { path: name, content });
  const written = await readEntry(world.git, commit, name);
  if (written === null) throw notFound();
  return {
    status: entry === null ? 201 : 200,
    body: {
      content: renderContent(world, branch, name, written),
      commit: await renderGitCommit(world, commit),
    },
  };
}

async function remove(call: Call): Promise<Reply> {
  const { world, body } = call;
  const name = param(call, "path");
  const { branch, tip } = await target(call);
  const entry = await readEntry(world.git, tip, name);
  if (entry === null) throw notFound();
  const sha = neededText(body, "File", "sha");
  if (sha !== entry.oid) throw refuse(409, `${name} does not match ${sha}`);
  const commit = await write(call, branch, tip, { path: name, content: null });
  return ok({ content: null, commit: await renderGitCommit(world, commit) });
}

async function target(call: Call): Promise<{ readonly branch: string; readonly tip: string }> {
  const branch = textIn(call.body, "branch") ?? "main";
  const tip = await branchTip(call.world.git, branch);
  if (tip === null) throw refuse(404, `Branch ${branch} not found`);
  return { branch, tip };
}

async function write(
  call: Call,
  branch: string,
  tip: string,
  edit: { readonly path: string; readonly content: Buffer | null },
): Promise<string> {
  const { world, actor, body } = call;
  const message = neededText(body, "Commit", "message");
  const tree = await editTree(world.git, tip, [edit]);
  if (tree === null) throw notFound();
  const commit = await commitByForge(world, actor.account, tree, [tip], message);
  await moveRef(world, actor, {
    ref: `refs/heads/${branch}`,
    to: commit,
    how: "push",
    force: "no",
  });
  return commit;
}
