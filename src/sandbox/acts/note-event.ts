import { instant } from "../world/instant.ts";
import type { Pull, PullEvent, PullEventType } from "../world/pull.ts";
import type { Account } from "../world/account.ts";
import type { World } from "../world/world.ts";

/** Puts an event on a pull request's timeline. */
export function noteEvent(
  world: World,
  pull: Pull,
  type: PullEventType,
  actor: Account,
  more: Partial<Pick<PullEvent, "before" | "after" | "review">> = {},
): void {
  const at = instant();
  pull.updatedAt = at;
  const event = { type, id: world.nextId(), at, actor, before: null, after: null, review: null };
  pull.events.push({ ...event, ...more });
}
