import { mergePull } from "../acts/merge-pull.ts";
import { moveRef } from "../acts/move-ref.ts";
import { branchTip, isAncestor } from "../git/refs.ts";
import { commitByForge, mergeTrees } from "../git/write-commit.ts";
import { textIn } from "../http/read-body.ts";
import { invalid, refuse } from "../http/refusal.ts";
import { ok, writers } from "../http/reply.ts";
import { webUrl } from "../render/repository.ts";
import { findPull } from "./find-pull.ts";
import type { Call, Reply, Route } from "../http/reply.ts";

const one = "/repos/{owner}/{repo}/pulls/{pull_number}";

/** Serves merging and updating a branch from its base. */
export const mergingRoutes: readonly Route[] = [
  { method: "PUT", path: `${one}/merge`, needs: writers("contents"), answer: merge },
  { method: "PUT", path: `${one}/update-branch`, needs: writers("pull_requests"), answer: update },
];

async function merge(call: Call): Promise<Reply> {
  const { body } = call;
  const method = textIn(body, "merge_method") ?? "merge";
  if (!["merge", "squash", "rebase"].includes(method)) {
    throw invalid("PullRequest", "merge_method", "invalid");
  }
  if (method !== "merge") {
    const name = method === "squash" ? "Squash" : "Rebase";
    throw refuse(405, `${name} merges are not allowed on this repository.`);
  }
  const sha = await mergePull(call.world, call.actor, findPull(call), {
    sha: textIn(body, "sha"),
    title: textIn(body, "commit_title"),
    message: textIn(body, "commit_message"),
  });
  return ok({ sha, merged: true, message: "Pull Request successfully merged" });
}

async function update(call: Call): Promise<Reply> {
  const { world, actor, body } = call;
  const pull = findPull(call);
  const expected = textIn(body, "expected_head_sha");
  const base = await branchTip(world.git, pull.baseRef);
  if (pull.state === "closed" || base === null) throw refuse(422, "Pull request is closed");
  if (expected !== null && expected !== pull.headOid) {
    throw refuse(422, "expected head sha didn’t match current head ref.");
  }
  if (await isAncestor(world.git, base, pull.headOid)) {
    throw refuse(422, "There are no new commits on the base branch.");
  }
  const tree = await mergeTrees(world.git, pull.headOid, base);
  if (tree === null) throw refuse(422, "merge conflict between base and head");
  const message = `Merge branch '${pull.baseRef}' into ${pull.headRef}`;
  const parents = [pull.headOid, base];
  const commit = await commitByForge(world, actor.account, tree, parents, message);
  const ref = `refs/heads/${pull.headRef}`;
  await moveRef(world, actor, { ref, to: commit, how: "push", force: "no" });
  const url = webUrl(world, `/pull/${pull.number}`);
  return { status: 202, body: { message: "Updating pull request branch.", url } };
}
