import { entriesOf } from "../core/attest/ledger-view.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import type { DecidedRequest } from "../core/model/decision.ts";
import type { Grant } from "../core/model/grant.ts";
import { openGrants } from "../core/plan/access-state.ts";
import type { OpenGrant } from "../core/plan/access-state.ts";
import { requestLives } from "../core/plan/request-life.ts";
import type { LifeState } from "../core/plan/request-life.ts";
import { reviewStates } from "../core/plan/review-states.ts";
import type { ReviewState } from "../core/plan/review-states.ts";

/** One request, as the ledgers show it. */
export interface ListedGrant {
  readonly request: string;
  /** The pull request that the name belongs to; `null` for access that nobody asked for. */
  readonly pull: number | null;
  readonly state: LifeState;
  /** `null` before the first decision that could read it. */
  readonly access: ListedAccess | null;
  /** The absolute end of the grant; `null` when there is none. */
  readonly expiresAt: string | null;
  /** Its access was intended and not read back as gone: it is in effect, or may be. */
  readonly open: "yes" | "no";
  /** It is past its end and was not read back as gone. */
  readonly overdue: "yes" | "no";
  /** Its revoke failed and is tried again; `null` for all others. */
  readonly failure: RevokeFailure | null;
  readonly review: ReviewState | null;
}

export interface ListedAccess {
  readonly beneficiary: string;
  readonly identity: string;
  readonly entitlement: string;
  readonly permission: string;
  readonly target: string;
  /** `null` where no decision about it is on record. */
  readonly kind: DecidedRequest["kind"] | null;
}

/** What is on record of a revoke that fails: one entry an hour at most, however often it is tried. */
export interface RevokeFailure {
  readonly since: string;
  readonly recorded: number;
  readonly lastAt: string;
  readonly reason: string;
}

/**
 * Lists every request with its state, its end and the review that is due, in the order in which they were first asked for, and
 * access in effect that nobody asked for last. Where access is open its grant says what it is, and not what was decided since.
 */
export function listGrants(view: LedgerView, now: Date): readonly ListedGrant[] {
  const lives = requestLives(view);
  const reviews = new Map(reviewStates(view, now).map((one) => [one.request, one]));
  const decided = decidedRequests(view);
  const grants = new Map(
    entriesOf(view, "grant-intent").map(({ result: { grant } }) => [grant.request, grant]),
  );
  const open = new Map(openGrants(view.executions).map((one) => [one.grant.request, one]));
  return [...new Set([...lives.keys(), ...open.keys()])].map((request) => {
    const running = open.get(request);
    const grant = running?.grant ?? grants.get(request);
    const asked = decided.get(request);
    return {
      request,
      pull: asked?.pull ?? null,
      state: running === undefined ? (lives.get(request)?.state ?? "ended") : openState(running),
      access: accessOf(grant ?? null, asked?.request ?? null),
      expiresAt: grant?.expiresAt ?? null,
      open: running === undefined ? "no" : "yes",
      overdue: running !== undefined && isPast(running.grant, now) ? "yes" : "no",
      failure: running === undefined ? null : failureOf(view, running),
      review: reviews.get(request) ?? null,
    };
  });
}

/** Says whether somebody who looks at access now has to see it: it is in effect, or may be, or its review is not given. */
export function isCurrent({ open, review }: ListedGrant): boolean {
  return open === "yes" || review?.state === "due" || review?.state === "overdue";
}

/** Says whether something is later than it may be: access that is live past its end, or a review. */
export function isLate({ overdue, review }: ListedGrant): boolean {
  return overdue === "yes" || review?.state === "overdue";
}

interface Asked {
  readonly pull: number;
  readonly request: DecidedRequest | null;
}

/** A name belongs to the PR that used it first: what another one asks for under it is not what it stands for. */
function decidedRequests(view: LedgerView): ReadonlyMap<string, Asked> {
  const asked = new Map<string, Asked>();
  for (const { inputs, result } of entriesOf(view, "request")) {
    if (!asked.has(result.name)) asked.set(result.name, { pull: inputs.pull, request: null });
  }
  for (const { result } of entriesOf(view, "decision")) {
    const { pull, request } = result.decision;
    if (request === null) continue;
    const owner = asked.get(request.name)?.pull ?? pull;
    if (owner === pull) asked.set(request.name, { pull, request });
  }
  return asked;
}

function accessOf(grant: Grant | null, request: DecidedRequest | null): ListedAccess | null {
  const kind = request?.kind ?? null;
  if (grant !== null) {
    const { beneficiary, identity, entitlement, permission, target } = grant;
    return { beneficiary, identity, entitlement, permission, target, kind };
  }
  if (request === null) return null;
  const { beneficiary, identity, entitlement, permission, target } = request;
  return { beneficiary: beneficiary.name, identity, entitlement, permission, target, kind };
}

function openState({ phase, failed }: OpenGrant): LifeState {
  switch (phase) {
    case "intended":
      return failed === "yes" ? "grant failed" : "activating";
    case "revoke-failed":
      return "revoke failed";
    case "active":
    case "revoking":
      return phase;
  }
}

/** Half-open, and past where the end cannot be read. */
function isPast({ expiresAt }: Grant, now: Date): boolean {
  return !(now.getTime() < Date.parse(expiresAt));
}

function failureOf(view: LedgerView, { grant, phase }: OpenGrant): RevokeFailure | null {
  if (phase !== "revoke-failed") return null;
  const failures = entriesOf(view, "revoke-failed").filter(
    ({ inputs }) => inputs.grant.id === grant.id,
  );
  const [first] = failures;
  const last = failures.at(-1);
  if (first === undefined || last === undefined) return null;
  const { detail } = last.result;
  return { since: first.at, recorded: failures.length, lastAt: last.at, reason: detail };
}
