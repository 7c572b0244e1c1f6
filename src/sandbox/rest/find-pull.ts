import { notFound } from "../http/refusal.ts";
import { param } from "../http/reply.ts";
import type { Call } from "../http/reply.ts";
import type { Pull } from "../world/pull.ts";

/** Finds the pull request that a path names, or refuses with 404. */
export function findPull(call: Call): Pull {
  const pull = call.world.pulls.get(Number(param(call, "pull_number")));
  if (pull === undefined) throw notFound();
  return pull;
}
