import type { Finding } from "../../model/finding.ts";
import type { Case } from "../case.ts";

/** Requires that no sign of tampering is on record for the PR; later good news never clears one, only a named person does. */
export function noViolation({ snapshot }: Case): Finding {
  const { violations } = snapshot.ledger;
  const facts = violations.map(({ entry }) => `entry:${entry}`);
  const found = { rule: "no-violation", code: "SOD-VIOLATION", facts };
  if (violations.length === 0) {
    return { ...found, outcome: "satisfied", reason: "No violation is on record." };
  }
  return {
    ...found,
    outcome: "violated",
    reason: violations
      .map(
        ({ entry, code, detail }) =>
          `A violation is on record: ${code}: ${detail} A post-reviewer without a part in it can write \`/access clear ${entry} reason=… ticket=…\`.`,
      )
      .join(" "),
  };
}
