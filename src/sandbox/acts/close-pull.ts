import { instant } from "../world/instant.ts";
import { emitPull } from "../webhooks/pull-events.ts";
import { noteEvent } from "./note-event.ts";
import type { Pull } from "../world/pull.ts";
import type { Account } from "../world/account.ts";
import type { World } from "../world/world.ts";

/** Closes a pull request without merging it, and says so; `because` is the event that caused it. */
export async function closePull(
  world: World,
  pull: Pull,
  by: Account,
  because: "HeadRefDeletedEvent" | null,
): Promise<void> {
  if (because !== null) noteEvent(world, pull, because, by, { before: pull.headRef });
  pull.state = "closed";
  pull.closedAt = instant();
  noteEvent(world, pull, "ClosedEvent", by);
  await emitPull(world, pull, "closed", by);
}
