import type { Finding } from "../../model/finding.ts";
import type { Case } from "../case.ts";

/** Requires that no other PR ever used the request's name: a name is used once, so is a grant (design.md §2). */
export function nameUnused({ snapshot, change }: Case): Finding {
  const record = snapshot.ledger.requests.find(({ path }) => path === change?.path);
  const found = {
    rule: "name-unused",
    code: "SOD-NAME",
    facts: record === undefined ? [] : [`request:${record.name}`],
  };
  if (record === undefined) {
    return {
      ...found,
      outcome: "indeterminate",
      reason: "Whether its name was used before is not known.",
    };
  }
  if (record.firstPull !== null && record.firstPull !== snapshot.pull.number) {
    return {
      ...found,
      outcome: "violated",
      reason: `The name ${record.name} was used by #${record.firstPull}: open a new request under another file name and metadata.name.`,
    };
  }
  if (record.access === "none" || snapshot.pull.state === "merged") {
    return { ...found, outcome: "satisfied", reason: `The name ${record.name} is new.` };
  }
  return { ...found, outcome: "violated", reason: `The name ${record.name} already had a grant.` };
}
