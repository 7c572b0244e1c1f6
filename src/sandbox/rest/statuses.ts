import { instant } from "../world/instant.ts";
import { nodeId } from "../world/node-id.ts";
import { readCommit } from "../git/read-commit.ts";
import { textIn } from "../http/read-body.ts";
import { invalid, refuse } from "../http/refusal.ts";
import { created, param, writers } from "../http/reply.ts";
import { apiUrl } from "../render/repository.ts";
import { renderUser } from "../render/user.ts";
import { writeRules } from "../world/write-rules.ts";
import type { Call, Reply, Route } from "../http/reply.ts";
import type { JsonObject } from "../http/json.ts";
import type { Status, World } from "../world/world.ts";

/** Serves commit statuses, which anybody with write access may set under any name. */
export const statusRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/statuses/{sha}",
    needs: writers("statuses"),
    answer: create,
  },
];

async function create(call: Call): Promise<Reply> {
  const { world, actor, body } = call;
  const sha = param(call, "sha");
  if ((await readCommit(world.git, sha)) === null) {
    throw refuse(422, `No commit found for SHA: ${sha}`);
  }
  const state = textIn(body, "state") ?? "";
  if (!["error", "failure", "pending", "success"].includes(state)) {
    throw invalid("Status", "state", "custom", "state is not included in the list");
  }
  const status: Status = {
    id: world.nextId(),
    sha,
    state,
    context: textIn(body, "context") ?? "default",
    description: textIn(body, "description"),
    targetUrl: textIn(body, "target_url"),
    creator: actor.account,
    at: instant(),
  };
  world.statuses.push(status);
  await writeRules(world);
  return created(renderStatus(world, status));
}

function renderStatus(world: World, status: Status): JsonObject {
  return {
    url: apiUrl(world, `/statuses/${status.sha}`),
    avatar_url: `${world.baseUrl}/avatars/u/${status.creator.id}?v=4`,
    id: status.id,
    node_id: nodeId("SC", status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.at,
    updated_at: status.at,
    creator: renderUser(world, status.creator),
  };
}
