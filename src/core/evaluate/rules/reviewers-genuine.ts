import type { Finding } from "../../model/finding.ts";
import type { JudgedReviews } from "../judge-reviews.ts";

/**
 * Requires that no reviewer goes by a login that people.yaml gives to another account: one of the two is not who
 * the others take them for, and until people.yaml is mended nobody can tell which (A11).
 */
export function reviewersGenuine({ impostors }: JudgedReviews): Finding {
  const found = {
    rule: "reviewers-genuine",
    code: "SOD-ACCOUNTS",
    facts: impostors.map(({ review }) => `review:${review}`),
  };
  if (impostors.length === 0) {
    return { ...found, outcome: "satisfied", reason: "Every reviewer is who the login says." };
  }
  const reasons = [...new Set(impostors.map(({ reason }) => reason))].join(" ");
  return {
    ...found,
    outcome: "indeterminate",
    reason: `${reasons} Ask the policy administrators to mend people.yaml.`,
  };
}
