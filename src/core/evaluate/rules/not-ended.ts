import type { Finding } from "../../model/finding.ts";
import type { Case } from "../case.ts";

/** Requires that nobody ended the request: cancelled, withdrawn and revoked are final, and a name is used once (design.md §2). */
export function notEnded({ snapshot, change }: Case): Finding {
  const found = { rule: "not-ended", code: "SOD-ENDED" };
  const record = snapshot.ledger.requests.find(({ path }) => path === change?.path);
  if (record === undefined) {
    const reason = "Whether it was ended is not known.";
    return { ...found, outcome: "indeterminate", reason, facts: [] };
  }
  const { name, ending } = record;
  const facts = [`request:${name}`];
  if (ending === null) {
    return { ...found, outcome: "satisfied", reason: "Nobody ended it.", facts };
  }
  const how =
    ending.cause === "incident-closed"
      ? `ended when ${ending.by} closed its incident`
      : `${ending.cause} by ${ending.by}`;
  const reason = `It was ${how}: that is final, open a new request.`;
  return { ...found, outcome: "violated", reason, facts };
}
