import { notFound } from "../http/refusal.ts";
import { param } from "../http/reply.ts";
import type { Call } from "../http/reply.ts";
import type { Pull } from "../world/pull.ts";

/** Finds the pull request that a path names, or refuses with 404. */
export function findPull(call: Call, name = "pull_number"): Pull {
  const pull = call.world.pulls.get(Number(param(call, name)));
  if (pull === undefined) throw notFound();
  return pull;
}
