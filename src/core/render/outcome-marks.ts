import type { Outcome } from "../model/finding.ts";

/** Shows the outcome of a finding by a sign and a word: colours and signs alone do not reach everybody. */
export const outcomeMarks: Readonly<Record<Outcome, string>> = {
  satisfied: "✅ satisfied",
  pending: "⏳ pending",
  violated: "❌ violated",
  indeterminate: "❔ could not tell",
};
