import type { World } from "../arbitrary-snapshot.ts";
import type { WorldChange } from "../tried.ts";

const hour = 3_600_000;

/** The same, decided later. */
export const later: readonly WorldChange[] = [
  {
    name: "later",
    apply: (world, draw) => {
      const hours = draw.from([0.01, 1, 4, 20, 24, 48, 72, 24 * 400]);
      return { ...world, now: new Date(world.now.getTime() + hours * hour) };
    },
  },
];

/** Somebody who may merges it by hand at this very instant, whatever its check says. */
export const mergedByHand: readonly WorldChange[] = [
  {
    name: "merged by hand",
    apply: (world) => {
      const { snapshot, now } = world;
      if (snapshot.pull.state !== "open") return world;
      const merge = { mergedAt: now.toISOString(), mergeCommit: "7".repeat(40) };
      const pull = { ...snapshot.pull, state: "merged" as const, ...merge };
      return { ...world, snapshot: { ...snapshot, pull } };
    },
  },
];

/**
 * Leaves out what becomes easier with time, as it should: access that can no longer begin can be removed, and what was
 * granted before the policy's window is not summed up any more.
 */
export function getsNoEasier({ scene, snapshot }: World): boolean {
  return scene.kind !== "removal" && snapshot.ledger.linked.every(({ grants }) => grants === "no");
}
