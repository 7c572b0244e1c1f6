import type { CountedApproval } from "../../model/decision.ts";
import type { Finding } from "../../model/finding.ts";
import type { Case } from "../case.ts";
import { isWithinWindow } from "../linked-pulls.ts";
import type { RequesterSet } from "../requester-set.ts";

/**
 * Reports who approves whom in turn inside the window (rule 9). It never blocks: two people may have good reason to, and
 * the auditor sees it beside every such approval.
 */
export function reciprocity(
  given: Case,
  { people }: RequesterSet,
  approvals: readonly CountedApproval[],
): Finding {
  const found = { rule: "reciprocity", code: "SOD-RECIPROCITY", outcome: "satisfied" } as const;
  const mutual = approvals.flatMap(({ person }) =>
    given.snapshot.ledger.approvalsGiven.flatMap(({ pull, at, approvers, requesters }) => {
      const returned = approvers.find((approver) => people.has(approver));
      if (returned === undefined || !requesters.includes(person)) return [];
      return isWithinWindow(given, at) ? [{ person, returned, pull }] : [];
    }),
  );
  if (mutual.length === 0) {
    return { ...found, reason: "Nobody approves in return for an approval.", facts: [] };
  }
  const cases = mutual.map(
    ({ person, returned, pull }) =>
      `${person} approves this, ${returned} approved theirs (#${pull})`,
  );
  return {
    ...found,
    reason: `Reported, not refused: ${cases.join("; ")}.`,
    facts: mutual.map(({ pull }) => `pull:${pull}`),
  };
}
