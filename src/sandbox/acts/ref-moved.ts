import { writeRules } from "../world/write-rules.ts";
import { instant } from "../world/instant.ts";
import { isAncestor, zeroOid } from "../git/refs.ts";
import { emitPush } from "../webhooks/push-event.ts";
import { closePull } from "./close-pull.ts";
import { headMoved } from "./head-moved.ts";
import { mergedByPush } from "./merged-by-push.ts";
import type { Account } from "../world/account.ts";
import type { Activity, World } from "../world/world.ts";

/** A ref's movement that has already happened in git. */
export interface Movement {
  readonly ref: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly by: Account;
  readonly how: "push" | "pr_merge";
}

/**
 * Does everything that follows from a moved branch: the activity list, the push event, and for the
 * pull requests from it or onto it a new head, a merge, or their end.
 */
export async function refMoved(world: World, movement: Movement): Promise<void> {
  const { ref, before, after, by } = movement;
  const kind = await kindOf(world, movement);
  if (!ref.startsWith("refs/heads/")) return;
  world.activity.push({
    id: world.nextId(),
    ref,
    before: before ?? zeroOid,
    after: after ?? zeroOid,
    kind,
    actor: by,
    at: instant(),
  });
  await emitPush(world, ref, before, after, by);
  const branch = ref.slice("refs/heads/".length);
  for (const pull of world.pulls.values()) {
    if (pull.state !== "open") continue;
    if (pull.headRef === branch) {
      if (after === null) await closePull(world, pull, by, "HeadRefDeletedEvent");
      else await headMoved(world, pull, after, by, kind === "force_push" ? "yes" : "no");
    } else if (pull.baseRef === branch && movement.how === "push") {
      if (after === null) await closePull(world, pull, by, null);
      else await mergedByPush(world, pull, after, by);
    }
  }
  await writeRules(world);
}

async function kindOf(world: World, { before, after, how }: Movement): Promise<Activity["kind"]> {
  if (before === null) return "branch_creation";
  if (after === null) return "branch_deletion";
  if (how === "pr_merge") return "pr_merge";
  return (await isAncestor(world.git, before, after)) ? "push" : "force_push";
}
