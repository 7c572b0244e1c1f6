import { ok, readers } from "../http/reply.ts";
import { cursorPage } from "../http/cursor-paging.ts";
import { nodeId } from "../world/node-id.ts";
import { renderFullRepository } from "../render/repository.ts";
import { renderUser } from "../render/user.ts";
import type { Activity, World } from "../world/world.ts";
import type { Call, Route } from "../http/reply.ts";
import type { JsonObject } from "../http/json.ts";

/** Serves the repository itself, its activity, and the rate limit. */
export const repositoryRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/repos/{owner}/{repo}",
    needs: readers("metadata"),
    answer: (call) => ok({ ...renderFullRepository(call.world), ...permissionsOf(call) }),
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/activity",
    needs: readers("contents"),
    answer: (call) => cursorPage(call, activityOf(call), (one) => renderActivity(call.world, one)),
  },
  { method: "GET", path: "/rate_limit", needs: readers(), answer: () => ok(rateLimit()) },
];

function permissionsOf({ actor }: Call): JsonObject {
  if (actor.kind !== "person") return {};
  const { access } = actor.person;
  const admin = access === "admin";
  const push = access !== "read";
  return { permissions: { admin, maintain: admin, push, triage: push, pull: true } };
}

function activityOf({ world, query }: Call): readonly Activity[] {
  const asked = query.get("ref");
  const ref = asked === null || asked.startsWith("refs/") ? asked : `refs/heads/${asked}`;
  const actor = query.get("actor");
  const kind = query.get("activity_type");
  const found = world.activity
    .filter((one) => ref === null || one.ref === ref)
    .filter((one) => actor === null || one.actor.login === actor)
    .filter((one) => kind === null || one.kind === kind);
  return query.get("direction") === "asc" ? found : found.reverse();
}

function renderActivity(world: World, one: Activity): JsonObject {
  return {
    id: one.id,
    node_id: nodeId("PSH", one.id),
    before: one.before,
    after: one.after,
    ref: one.ref,
    timestamp: one.at,
    activity_type: one.kind,
    actor: renderUser(world, one.actor),
  };
}

function rateLimit(): JsonObject {
  const reset = Math.floor(Date.now() / 1000) + 3600;
  const full = { limit: 5000, remaining: 5000, reset, used: 0 };
  return { resources: { core: full, search: full, graphql: full }, rate: full };
}
