import type { DriftWatch, Looked } from "../core/plan/drift.ts";

/** What the executor remembers about drift; all of it can be lost. */
export interface DriftMemory {
  /** Tip of the governed branch from which the watches were read. */
  tip: string | null;
  watches: readonly DriftWatch[];
  /** Names the permissions that an entitlement includes. */
  includes: (target: string, entitlement: string) => readonly string[];
  /** When a target is to be looked at again (ms); not among them: now. */
  readonly due: Map<string, number>;
  /** Looks that are not complete, by target and identity. */
  readonly looking: Map<string, Map<string, Looked>>;
}

/** Makes the memory of an executor that has looked at nothing. */
export function newDriftMemory(): DriftMemory {
  return { tip: null, watches: [], includes: () => [], due: new Map(), looking: new Map() };
}
