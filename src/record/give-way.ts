import type { Chance } from "../ports/chance.ts";
import type { Clock } from "../ports/clock.ts";

/** How a writer shares a branch with others who write it. */
export interface GiveWay {
  /** Takes note that another writer was faster. */
  rivalSeen(): void;
  /** Resolves when this writer may push anew: at once, unless others may be waiting for their turn. */
  beforePush(): Promise<void>;
  /** Takes note of a push that succeeded, and of how long it took. */
  pushed(startedAt: Date): void;
}

const rememberedMilliseconds = 60_000;
const leastRivalPauseMilliseconds = 1_000;
const longestPauseMilliseconds = 20_000;
/** Pushes with no more than this between them are a row. */
const rowGapMilliseconds = 1_000;
const longestRow = 5;

/**
 * Makes the courtesy of one writer. Whoever has just pushed knows the newest head and would be first again, for
 * as long as there is something to write, while the others fetch in vain and it never hears of them. So it pauses by
 * lot, long enough for somebody else's fetch and push: before each new push for a minute after it lost to somebody, and
 * after every fifth push in a row in any case. Who writes now and then never waits.
 */
export function giveWay(clock: Clock, chance: Chance): GiveWay {
  let rivalAt = Number.NEGATIVE_INFINITY;
  let endedAt = Number.NEGATIVE_INFINITY;
  let tookMilliseconds = 0;
  let row = 0;
  const pauseMilliseconds = (now: number): number => {
    if (now - endedAt > rowGapMilliseconds) row = 0;
    const isRivalKnown = now - rivalAt <= rememberedMilliseconds;
    if (!isRivalKnown && row < longestRow) return 0;
    row = 0;
    const least = isRivalKnown ? leastRivalPauseMilliseconds : 0;
    return Math.min(Math.max(4 * tookMilliseconds, least), longestPauseMilliseconds);
  };
  return {
    rivalSeen: () => {
      rivalAt = clock.now().getTime();
    },
    beforePush: async () => {
      const pause = pauseMilliseconds(clock.now().getTime());
      if (pause > 0) await clock.sleep(chance.draw() * pause);
    },
    pushed: (startedAt) => {
      endedAt = clock.now().getTime();
      tookMilliseconds = endedAt - startedAt.getTime();
      row += 1;
    },
  };
}
