import { mergeTrees } from "../git/write-commit.ts";
import { branchTip } from "../git/refs.ts";
import { requiredCheckPasses } from "../world/required-check.ts";
import type { Pull } from "../world/pull.ts";
import type { World } from "../world/world.ts";

/** Whether a pull request could be merged now, with the tree the merge would have. */
export interface Mergeability {
  readonly mergeable: boolean | null;
  readonly state: "clean" | "dirty" | "blocked" | "draft" | "unknown";
  readonly tree: string | null;
  /** Tip of the base branch that it was tried against. */
  readonly base: string | null;
}

/** Tries the merge on real trees, then asks the protections. Conflicts come before blocks, as on GitHub. */
export async function mergeability(world: World, pull: Pull): Promise<Mergeability> {
  const base = await branchTip(world.git, pull.baseRef);
  if (pull.state === "closed" || base === null) {
    return { mergeable: null, state: "unknown", tree: null, base };
  }
  const tree = await mergeTrees(world.git, base, pull.headOid);
  if (tree === null) return { mergeable: false, state: "dirty", tree, base };
  if (pull.draft) return { mergeable: true, state: "draft", tree, base };
  const passes = requiredCheckPasses(world, pull.baseRef, pull.headOid);
  return { mergeable: true, state: passes === "yes" ? "clean" : "blocked", tree, base };
}
