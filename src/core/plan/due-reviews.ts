import { entriesOf, entryByDigest } from "../attest/ledger-view.ts";
import type { LedgerView } from "../attest/ledger-view.ts";
import type { EntryOf } from "../model/entry.ts";
import { accessState } from "./access-state.ts";

/** Access of which somebody has to say whether it was justified. */
export interface DueReview {
  readonly request: string;
  readonly path: string;
  readonly pull: number;
  /** ISO 8601; half-open: at this instant it is overdue. */
  readonly due: string;
  readonly reasons: readonly string[];
  /** The decision it was merged by. */
  readonly decision: EntryOf<"decision">;
  /** Number of the issue that asks for it; `null` while none could be opened. */
  readonly issue: number | null;
}

/**
 * Lists every review that is due or was given, oldest merge first, by what the ledgers show of the access: from its end on, and
 * where it could not be ended, from the time it should have. So a review is owed whether or not anybody could be asked for it.
 */
export function dueReviews(view: LedgerView): readonly DueReview[] {
  const issues = new Map(
    entriesOf(view, "review-opened").map(({ inputs, result }) => [inputs.pull, result.issue]),
  );
  return entriesOf(view, "merge").flatMap(({ inputs }) => {
    const decision = entryByDigest(view, "decision", inputs.decision);
    if (decision === null) return [];
    const { request, reviewAfterwards, reviewWithinSeconds, pull } = decision.result.decision;
    if (request === null || reviewAfterwards.length === 0) return [];
    const ended = endOf(view, request.name);
    if (ended === null) return [];
    // Without a time it is due at once: a decision always has one where it has reasons.
    const due = new Date(ended + (reviewWithinSeconds ?? 0) * 1000).toISOString();
    const { name, path } = request;
    const issue = issues.get(pull) ?? null;
    return [{ request: name, path, pull, due, reasons: reviewAfterwards, decision, issue }];
  });
}

/** When the access of a request was over, in milliseconds; of what could not be ended, when it should have been. */
function endOf(view: LedgerView, request: string): number | null {
  const state = accessState(view.executions, request);
  if (state === "none" || state === "active") return null;
  const own = view.executions.filter(
    (entry) => "grant" in entry.inputs && entry.inputs.grant.request === request,
  );
  if (state === "ended") {
    const end = own.findLast(({ type }) => endings.includes(type));
    return end === undefined ? null : Date.parse(end.at);
  }
  const intent = entriesOf(view, "grant-intent").find(
    ({ result }) => result.grant.request === request,
  );
  return intent === undefined ? null : Date.parse(intent.result.grant.expiresAt);
}

const endings: readonly string[] = ["revoke", "externally-removed", "nothing-to-do"];
