import { isAncestor } from "../git/refs.ts";
import { instant } from "../world/instant.ts";
import { emitPull } from "../webhooks/pull-events.ts";
import { noteEvent } from "./note-event.ts";
import type { Pull } from "../world/pull.ts";
import type { Account } from "../world/account.ts";
import type { World } from "../world/world.ts";

/** Marks a pull request merged when a push made its head part of its base branch, as GitHub does. */
export async function mergedByPush(
  world: World,
  pull: Pull,
  tip: string,
  by: Account,
): Promise<void> {
  if (await isAncestor(world.git, pull.headOid, tip)) await markMerged(world, pull, tip, by);
}

/** Closes a pull request as merged, and says so. */
export async function markMerged(
  world: World,
  pull: Pull,
  commit: string,
  by: Account,
): Promise<void> {
  const at = instant();
  pull.state = "closed";
  pull.closedAt = at;
  pull.merged = { at, by, commit };
  noteEvent(world, pull, "MergedEvent", by, { before: pull.baseRef, after: commit });
  noteEvent(world, pull, "ClosedEvent", by);
  await emitPull(world, pull, "closed", by);
}
