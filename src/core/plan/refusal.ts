/** Why a file on the governed branch is no grant, or a grant did not begin. Stable, for machines. */
export type RefusalCode =
  // what the ledgers and the governed branch show
  | "EXEC-NO-MERGE-ENTRY"
  | "EXEC-NO-DECISION"
  | "EXEC-NOT-APPROVED"
  | "EXEC-OTHER-REQUEST"
  | "EXEC-OTHER-BRANCH"
  | "EXEC-CONTENT-DIFFERS"
  | "EXEC-MANY-MERGES"
  | "EXEC-MERGE-NOT-ON-MAIN"
  | "EXEC-HEAD-DIFFERS"
  | "EXEC-REMOVED"
  | "EXEC-VIOLATION"
  | "EXEC-VOIDED"
  | "EXEC-ENDED"
  | "EXEC-USED"
  | "EXEC-LAPSED"
  | "EXEC-FAILED-BEFORE"
  // what the executor found when it asked the forge and decided again
  | "EXEC-INDETERMINATE"
  | "EXEC-OTHER-REPOSITORY"
  | "EXEC-NO-APPROVAL"
  | "EXEC-APPROVAL-NOT-STANDING"
  | "EXEC-INCIDENT"
  | "EXEC-REDECIDED"
  | "EXEC-REQUEST-DIFFERS"
  // what the target did
  | "EXEC-TARGET-REFUSED"
  | "EXEC-NOT-READ-BACK";

/**
 * A refusal. One `for-good` is recorded once and never judged again: a new request is the only way on. One
 * `for-now` may still become a grant (an entry has not arrived, a fact could not be read).
 */
export interface Refusal {
  readonly code: RefusalCode;
  /** One sentence for a person, with the way out. */
  readonly reason: string;
  readonly lasting: "for-good" | "for-now";
}

/** Makes a refusal that no later pass will change. */
export function refusedForGood(code: RefusalCode, reason: string): Refusal {
  return { code, reason, lasting: "for-good" };
}

/** Makes a refusal that is judged again in every pass. */
export function refusedForNow(code: RefusalCode, reason: string): Refusal {
  return { code, reason, lasting: "for-now" };
}
