import { moveRef } from "../acts/move-ref.ts";
import { branchTip, readRef } from "../git/refs.ts";
import { readCommit } from "../git/read-commit.ts";
import { neededText } from "../http/read-body.ts";
import { notFound, refuse } from "../http/refusal.ts";
import { created, noContent, ok, param, readers, writers } from "../http/reply.ts";
import { renderFullCommit } from "../render/commit.ts";
import { apiUrl, webUrl } from "../render/repository.ts";
import { nodeId } from "../world/node-id.ts";
import type { Call, Reply, Route } from "../http/reply.ts";
import type { Json, JsonObject } from "../http/json.ts";
import type { World } from "../world/world.ts";

/** Serves refs and branches. */
export const refRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/git/ref/{ref}",
    needs: readers("contents"),
    answer: async (call) => {
      const ref = `refs/${param(call, "ref")}`;
      const oid = await readRef(call.world.git, ref);
      if (oid === null) throw notFound();
      return ok(renderRef(call.world, ref, oid));
    },
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/git/refs",
    needs: writers("contents"),
    answer: create,
  },
  {
    method: "DELETE",
    path: "/repos/{owner}/{repo}/git/refs/{ref}",
    needs: writers("contents"),
    answer: async (call) => {
      const ref = `refs/${param(call, "ref")}`;
      const oid = ref.startsWith("refs/pull/") ? null : await readRef(call.world.git, ref);
      if (oid === null) throw refuse(422, "Reference does not exist");
      await moveRef(call.world, call.actor, { ref, to: null, how: "push", force: "no" });
      return noContent();
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/branches/{branch}",
    needs: readers("contents"),
    answer: async (call) => {
      const branch = param(call, "branch");
      const oid = await branchTip(call.world.git, branch);
      if (oid === null) throw notFound();
      return ok(await renderBranch(call.world, branch, oid));
    },
  },
];

async function create(call: Call): Promise<Reply> {
  const { world, actor, body } = call;
  const ref = neededText(body, "Reference", "ref");
  const sha = neededText(body, "Reference", "sha");
  const { code } = await world.git.run(["check-ref-format", ref]);
  if (code !== 0 || !/^refs\/(heads|tags)\//.test(ref)) {
    throw refuse(422, "Reference name is not valid");
  }
  if ((await readRef(world.git, ref)) !== null) throw refuse(422, "Reference already exists");
  if ((await readCommit(world.git, sha)) === null) throw refuse(422, "Object does not exist");
  await moveRef(world, actor, { ref, to: sha, how: "push", force: "no" });
  return created(renderRef(world, ref, sha));
}

function renderRef(world: World, ref: string, oid: string): JsonObject {
  return {
    ref,
    node_id: nodeId("REF", ref),
    url: apiUrl(world, `/git/${ref}`),
    object: { sha: oid, type: "commit", url: apiUrl(world, `/git/commits/${oid}`) },
  };
}

async function renderBranch(world: World, name: string, oid: string): Promise<Json> {
  const rule = world.protection.find((one) => one.branch === name);
  const api = apiUrl(world, `/branches/${name}`);
  return {
    name,
    commit: await renderFullCommit(world, oid),
    _links: { self: api, html: webUrl(world, `/tree/${name}`) },
    protected: rule !== undefined,
    // Rulesets do not show here; only classic branch protection would.
    protection: { enabled: false },
    protection_url: `${api}/protection`,
  };
}
