import { rewordPull, retargetPull, setPullState } from "../acts/edit-pull.ts";
import { openPull } from "../acts/open-pull.ts";
import { patchesSinceFork } from "../git/diff.ts";
import { commitsBetween } from "../git/refs.ts";
import { page, pageAsync } from "../http/paging.ts";
import { neededText, textIn } from "../http/read-body.ts";
import { refuse } from "../http/refusal.ts";
import { created, ok, participants, readers } from "../http/reply.ts";
import { renderCommit } from "../render/commit.ts";
import { renderFile } from "../render/file.ts";
import { renderPull, renderPullSimple } from "../render/pull.ts";
import { findPull } from "./find-pull.ts";
import type { Call, Route } from "../http/reply.ts";
import type { Pull } from "../world/pull.ts";

const one = "/repos/{owner}/{repo}/pulls/{pull_number}";

/** Serves pull requests: list, open, read, change, commits and files. */
export const pullRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/pulls",
    needs: readers("pull_requests"),
    answer: (call) => page(call, listed(call), (pull) => renderPullSimple(call.world, pull)),
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/pulls",
    needs: participants("pull_requests"),
    answer: async (call) => {
      const { body } = call;
      const pull = await openPull(call.world, call.actor, {
        title: neededText(body, "PullRequest", "title"),
        body: textIn(body, "body"),
        head: neededText(body, "PullRequest", "head"),
        base: neededText(body, "PullRequest", "base"),
        draft: body["draft"] === true,
      });
      return created(await renderPull(call.world, pull));
    },
  },
  {
    method: "GET",
    path: one,
    needs: readers("pull_requests"),
    answer: async (call) => ok(await renderPull(call.world, findPull(call))),
  },
  { method: "PATCH", path: one, needs: participants("pull_requests"), answer: change },
  {
    method: "GET",
    path: `${one}/commits`,
    needs: readers("pull_requests"),
    answer: async (call) => {
      const { world } = call;
      const pull = findPull(call);
      const oids = await commitsBetween(world.git, pull.baseOid, pull.headOid);
      // GitHub lists 250 commits of a pull request at most.
      return pageAsync(call, oids.slice(0, 250), (oid) => renderCommit(world, oid));
    },
  },
  {
    method: "GET",
    path: `${one}/files`,
    needs: readers("pull_requests"),
    answer: async (call) => {
      const { world } = call;
      const pull = findPull(call);
      const changes = await patchesSinceFork(world.git, pull.baseOid, pull.headOid);
      return page(call, changes.slice(0, 3000), (file) => renderFile(world, pull.headOid, file));
    },
  },
];

async function change(call: Call) {
  const { world, actor, body } = call;
  const pull = findPull(call);
  const person = actor.kind === "person" ? actor.person : null;
  if (person?.access === "read" && person.account.id !== pull.author.id) {
    throw refuse(403, "Must have push access to repository");
  }
  const state = textIn(body, "state");
  const base = textIn(body, "base");
  if (base !== null) await retargetPull(world, pull, actor.account, base);
  await rewordPull(world, pull, actor.account, textIn(body, "title"), textIn(body, "body"));
  if (state === "open" || state === "closed") await setPullState(world, pull, actor.account, state);
  return ok(await renderPull(world, pull));
}

function listed({ world, query }: Call): readonly Pull[] {
  const state = query.get("state") ?? "open";
  const head = query.get("head");
  const base = query.get("base");
  const pulls = [...world.pulls.values()]
    .filter((pull) => state === "all" || pull.state === state)
    .filter((pull) => head === null || `${world.options.owner}:${pull.headRef}` === head)
    .filter((pull) => base === null || pull.baseRef === base)
    .sort((a, b) => key(a).localeCompare(key(b)) || a.number - b.number);
  const sorted = query.get("sort") ?? "created";
  const direction = query.get("direction") ?? (sorted === "created" ? "desc" : "asc");
  return direction === "desc" ? pulls.reverse() : pulls;

  function key(pull: Pull): string {
    return query.get("sort") === "updated" ? pull.updatedAt : pull.createdAt;
  }
}
