import type { PushSighting } from "./sighting.ts";

/** How many pushes are kept: most branches never become a pull request here, and the forge's activity remembers too. */
const mostKept = 1_000;

/** Pushes that webhooks showed, by branch. */
export interface PushMemory {
  readonly keep: (sighting: PushSighting) => void;
  /** Pushes to a branch, oldest first. They stay: recording one twice adds nothing. */
  readonly to: (branch: string) => readonly PushSighting[];
}

/** Makes a bounded memory of pushes; the oldest are forgotten first. */
export function pushMemory(): PushMemory {
  const kept: PushSighting[] = [];
  return {
    keep(sighting) {
      kept.push(sighting);
      if (kept.length > mostKept) kept.shift();
    },
    to: (branch) => kept.filter((sighting) => sighting.branch === branch),
  };
}
