import { entriesOf, entryByDigest } from "../attest/ledger-view.ts";
import type { LedgerView } from "../attest/ledger-view.ts";
import type { DecidedRequest } from "../model/decision.ts";
import type { EntryOf } from "../model/entry.ts";

/** Access of which somebody has to say whether it was justified. */
export interface DueReview {
  readonly request: string;
  readonly path: string;
  readonly pull: number;
  /** ISO 8601; half-open: at this instant it is overdue. */
  readonly due: string;
  readonly reasons: readonly string[];
  /** When the access is over (ISO 8601), which may be to come. */
  readonly over: string;
  /** The decision it was merged by. */
  readonly decision: EntryOf<"decision">;
  /** What that decision was about. */
  readonly decided: DecidedRequest;
  /** Number of the issue that asks for it; `null` while none could be opened. */
  readonly issue: number | null;
}

/**
 * Lists every review that is or will be due, or was given, oldest merge first, by what the ledgers show of the access: counted from
 * its end, also where it could not be ended then. So a review is owed whether or not anybody could be asked for it.
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
    return [
      {
        ...{ request: request.name, path: request.path, pull, due, reasons: reviewAfterwards },
        ...{ over: new Date(ended).toISOString(), decision, decided: request },
        issue: issues.get(pull) ?? null,
      },
    ];
  });
}

/**
 * When the access of a request is over, in milliseconds: at its end at the latest, earlier where it was taken out or somebody
 * tried to, and the same whatever is recorded later. `null` for what never began.
 */
function endOf(view: LedgerView, request: string): number | null {
  const intent = entriesOf(view, "grant-intent").find(
    ({ result }) => result.grant.request === request,
  );
  if (intent === undefined) return null;
  const first = view.executions.find(
    (entry) =>
      endings.includes(entry.type) &&
      "grant" in entry.inputs &&
      entry.inputs.grant.request === request,
  );
  const expires = Date.parse(intent.result.grant.expiresAt);
  return first === undefined ? expires : Math.min(expires, Date.parse(first.at));
}

const endings: readonly string[] = [
  "revoke",
  "revoke-failed",
  "externally-removed",
  "nothing-to-do",
];
