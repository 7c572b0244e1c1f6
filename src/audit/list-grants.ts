import { entriesOf } from "../core/attest/ledger-view.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import { requestLives } from "../core/plan/request-life.ts";
import type { LifeState } from "../core/plan/request-life.ts";
import { reviewStates } from "../core/plan/review-states.ts";
import type { ReviewState } from "../core/plan/review-states.ts";

/** One request, as the ledgers show it. */
export interface ListedGrant {
  readonly request: string;
  readonly state: LifeState;
  /** `null` before the first decision that could read it. */
  readonly access: ListedAccess | null;
  /** The absolute end of the grant; `null` when there is none. */
  readonly expiresAt: string | null;
  /** It is past its end and was not read back as gone. */
  readonly overdue: "yes" | "no";
  readonly review: ReviewState | null;
}

export interface ListedAccess {
  readonly beneficiary: string;
  readonly entitlement: string;
  readonly target: string;
  readonly kind: string;
}

const live: readonly LifeState[] = ["activating", "active", "revoking", "revoke failed"];

/** Lists every request with its state, its end and the review that is due, in the order in which they were first asked for. */
export function listGrants(view: LedgerView, now: Date): readonly ListedGrant[] {
  const reviews = new Map(reviewStates(view, now).map((one) => [one.request, one]));
  const access = new Map<string, ListedAccess>();
  for (const { result } of entriesOf(view, "decision")) {
    const { request } = result.decision;
    if (request === null) continue;
    const { beneficiary, entitlement, target, kind } = request;
    access.set(request.name, { beneficiary: beneficiary.name, entitlement, target, kind });
  }
  const ends = new Map(
    entriesOf(view, "grant-intent").map(({ result: { grant } }) => [
      grant.request,
      grant.expiresAt,
    ]),
  );
  return [...requestLives(view)].map(([request, { state }]) => {
    const expiresAt = ends.get(request) ?? null;
    const isPast = expiresAt !== null && !(now.getTime() < Date.parse(expiresAt));
    return {
      request,
      state,
      access: access.get(request) ?? null,
      expiresAt,
      overdue: isPast && live.includes(state) ? "yes" : "no",
      review: reviews.get(request) ?? null,
    };
  });
}
