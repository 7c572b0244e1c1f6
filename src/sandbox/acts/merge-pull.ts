import { commitByForge } from "../git/write-commit.ts";
import { refuse } from "../http/refusal.ts";
import { markMerged } from "./merged-by-push.ts";
import { mergeability } from "./mergeability.ts";
import { moveRef } from "./move-ref.ts";
import type { Pull } from "../world/pull.ts";
import type { Actor } from "../world/account.ts";
import type { World } from "../world/world.ts";

/** What a merge call asks for beside the number. */
export interface MergeWish {
  readonly sha: string | null;
  readonly title: string | null;
  readonly message: string | null;
}

/**
 * Merges a pull request with a real merge commit that GitHub signs. Refuses with 409 when the head is
 * not the expected one, with 405 when it is closed, a draft, conflicting, or its required check does
 * not pass. Nobody bypasses.
 */
export async function mergePull(
  world: World,
  actor: Actor,
  pull: Pull,
  wish: MergeWish,
): Promise<string> {
  if (pull.merged !== null || pull.state === "closed") {
    throw refuse(405, "Pull Request is not mergeable");
  }
  if (wish.sha !== null && wish.sha !== pull.headOid) {
    throw refuse(409, "Head branch was modified. Review and try the merge again.");
  }
  const { state, tree, base } = await mergeability(world, pull);
  if (state === "draft") throw refuse(405, "Pull Request is still a draft");
  if (tree === null || base === null) throw refuse(405, "Pull Request is not mergeable");
  if (state === "blocked") {
    const check = world.protection.find((one) => one.branch === pull.baseRef)?.requiredCheck;
    const rule = `Required status check "${check?.context ?? ""}" is expected.`;
    throw refuse(405, `Repository rule violations found\n\n${rule}\n\n`);
  }
  const parents = [base, pull.headOid];
  const commit = await commitByForge(
    world,
    actor.account,
    tree,
    parents,
    messageOf(world, pull, wish),
  );
  await moveRef(world, actor, {
    ref: `refs/heads/${pull.baseRef}`,
    to: commit,
    how: "pr_merge",
    force: "no",
  });
  await markMerged(world, pull, commit, actor.account);
  return commit;
}

function messageOf(world: World, pull: Pull, wish: MergeWish): string {
  const from = `${world.options.owner}/${pull.headRef}`;
  const title = wish.title ?? `Merge pull request #${pull.number} from ${from}`;
  const message = wish.message ?? pull.title;
  return message === "" ? title : `${title}\n\n${message}`;
}
