import type { Finding } from "../../model/finding.ts";
import type { JudgedReviews } from "../judge-reviews.ts";

/** Requires that no denial stands. Only its giver lifts it, by approving the present bytes. */
export function noDenial({ denials }: JudgedReviews): Finding {
  const found = {
    rule: "no-denial",
    code: "SOD-DENIAL",
    facts: denials.map(({ review }) => `review:${review}`),
  };
  if (denials.length === 0) return { ...found, outcome: "satisfied", reason: "Nobody denies it." };
  const people = [...new Set(denials.map(({ person }) => person))].sort().join(", ");
  return {
    ...found,
    outcome: "violated",
    reason: `Denied by ${people}, who alone can lift it by approving the present content.`,
  };
}
