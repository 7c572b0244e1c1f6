import type { Finding } from "../../model/finding.ts";
import type { Denial } from "../../model/fingerprint.ts";

/**
 * Requires that no denial stands, on this PR or on a linked one that asked for the same (rule 7). Only its giver lifts it, by
 * approving the present bytes.
 */
export function noDenial(denials: readonly Denial[], pull: number): Finding {
  const found = {
    rule: "no-denial",
    code: "SOD-DENIAL",
    facts: denials.map(({ review }) => `review:${review}`),
  };
  if (denials.length === 0) return { ...found, outcome: "satisfied", reason: "Nobody denies it." };
  const givers = denials.map((denial) =>
    denial.pull === pull
      ? denial.person
      : `${denial.person} (on #${denial.pull}, for the same access)`,
  );
  return {
    ...found,
    outcome: "violated",
    reason: `Denied by ${[...new Set(givers)].sort().join(", ")}, who alone can lift it by approving the present content here.`,
  };
}
