import type { Finding } from "../../model/finding.ts";
import type { Denial } from "../../model/fingerprint.ts";

/** Who else can lift a denial: nobody, except for an emergency two others of the chain, and who of them has. */
export type Lifting =
  "only-its-giver" | { readonly by: readonly string[]; readonly enough: boolean };

/**
 * Requires that no denial stands, on this PR or on a linked one that asked for the same (rule 7). Only its giver lifts it, by
 * approving the present bytes; of an emergency also two others of the fallback chain together, which is on record.
 */
export function noDenial(denials: readonly Denial[], pull: number, lifting: Lifting): Finding {
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
  const denied = `Denied by ${[...new Set(givers)].sort().join(", ")}`;
  if (lifting === "only-its-giver") {
    const reason = `${denied}, who alone can lift it by approving the present content here.`;
    return { ...found, outcome: "violated", reason };
  }
  if (lifting.enough) {
    const reason = `${denied}, and lifted by ${lifting.by.join(" and ")} together.`;
    return { ...found, outcome: "satisfied", reason };
  }
  const reason = `${denied}: its giver, or two others of the fallback chain together, can lift it by approving after it.`;
  return { ...found, outcome: "violated", reason };
}
