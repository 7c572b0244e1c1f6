import type { PullFacts } from "../model/snapshot.ts";
import { epochMs } from "../parse/epoch-ms.ts";

/**
 * Tells from when on a pull request could have been approved as it is, in milliseconds since the epoch: what was pushed,
 * reopened or made ready later begins anew. What comes with its merge or after it changes nothing any more.
 */
export function waitingSince({ createdAt, events, pushes, mergedAt }: PullFacts): number {
  const later = [...events, ...pushes.filter(({ touchesGoverned }) => touchesGoverned)]
    .map(({ at }) => epochMs(at))
    .filter((at) => mergedAt === null || at < epochMs(mergedAt));
  return Math.max(epochMs(createdAt), ...later);
}
