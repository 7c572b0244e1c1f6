import { nodeId } from "../world/node-id.ts";
import { showCommit } from "./show-commit.ts";
import type { World } from "../world/world.ts";

/** Shows a ref and what it points to. */
export function showRef(world: World, ref: string, oid: string) {
  const prefix = /^refs\/[^/]+\//.exec(ref)?.[0] ?? "";
  return {
    __typename: "Ref",
    id: nodeId("REF", ref),
    name: ref.slice(prefix.length),
    prefix,
    target: () => showCommit(world, oid),
  };
}
