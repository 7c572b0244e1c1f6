import type { Finding } from "../../model/finding.ts";
import type { Case } from "../case.ts";

/** Requires every fact to have been read completely; a truncated read decides nothing (C13). */
export function factsComplete({ snapshot }: Case): Finding {
  const found = { rule: "facts-complete", code: "SOD-FACTS" };
  const [first] = snapshot.missing;
  if (snapshot.missing.length === 0 && first === undefined) {
    return { ...found, outcome: "satisfied", reason: "Every fact could be read.", facts: [] };
  }
  return {
    ...found,
    outcome: "indeterminate",
    reason: `Not everything could be read: ${snapshot.missing.map(({ reason }) => reason).join(" ")}`,
    facts: snapshot.missing.map(({ fact }) => fact),
  };
}
