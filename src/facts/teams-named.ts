import type { GovernanceFile } from "../core/model/snapshot.ts";
import { governanceOf } from "../core/evaluate/governance-of.ts";

/** Names the teams whose membership a decision needs: every team of people.yaml, sorted; none if governance does not parse. */
export function teamsNamed(files: readonly GovernanceFile[]): readonly string[] {
  const governance = governanceOf(files);
  if (!governance.ok) return [];
  return governance.value.teams.map(({ name }) => name).sort();
}
