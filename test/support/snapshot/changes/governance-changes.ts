import type { GovernanceFile } from "../../../../src/core/model/snapshot.ts";
import { stricterMemories, stricterStates } from "../governance-states.ts";
import type { Change } from "./change.ts";

/**
 * Something is harder to get, now or by the governance in force when it was first asked for: both have to be
 * satisfied.
 */
export const stricterGovernance: readonly Change[] = stricterStates.flatMap(([name, files]) => [
  now(name, files),
  then(name, files),
]);

/** The same, where it depends on what else there was or is. */
export const stricterMemory: readonly Change[] = stricterMemories.flatMap(([name, files]) => [
  now(name, files),
  then(name, files),
]);

function now(name: string, files: readonly GovernanceFile[]): Change {
  return {
    name: `${name} now`,
    apply: (snapshot) => ({ ...snapshot, governance: { ...snapshot.governance, files } }),
  };
}

/** In place of no other opening: one that differs already may be stricter in something else. */
function then(name: string, files: readonly GovernanceFile[]): Change {
  return {
    name: `${name} when it was opened`,
    apply: (snapshot) => {
      if (snapshot.governance.opening !== null) return snapshot;
      const opening = { tip: "5".repeat(40), files };
      return { ...snapshot, governance: { ...snapshot.governance, opening } };
    },
  };
}
