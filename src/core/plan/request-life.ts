import type { LedgerView } from "../attest/ledger-view.ts";
import type { Entry, EntryType } from "../model/entry.ts";

/** Where a request stands, by the ledgers alone (design.md §2). */
export type LifeState =
  | "waiting"
  | "denied"
  | "approved"
  | "merged"
  | "activating"
  | "active"
  | "grant failed"
  | "revoking"
  | "revoke failed"
  | "ended"
  | "lapsed"
  | "cancelled"
  | "withdrawn"
  | "revoked"
  | "incident closed"
  | "expired unapproved";

/** Who brings a step about: people by their power, or what only time and the two Apps do. */
export type Cause =
  | "requester"
  | "approving roles"
  | "cancel"
  | "whoever may revoke"
  | "whoever closes the incident"
  | "gate"
  | "executor"
  | "time"
  | "administrators of the target";

/** One step: the entry that records it, and what it says where an entry can say several things. */
export interface Transition {
  readonly from: readonly (LifeState | "nothing")[];
  readonly entry: EntryType;
  /** Verdict of a decision, cause of an ending; `null` where the entry says one thing only. */
  readonly says: string | null;
  /** `same`: it is recorded and changes nothing. */
  readonly to: LifeState | "same";
  readonly by: Cause;
}

const undecided = ["waiting", "denied", "approved"] as const;
/** Over without access; decided on again only to say so. */
const over = [
  "cancelled",
  "withdrawn",
  "expired unapproved",
  "revoked",
  "incident closed",
] as const;

/**
 * The whole life of a request as data. What is not here does not happen: terminal states never reopen, nothing is merged after
 * it is over, and access begins only after a merge. A step of the executor can be on record after an ending that it could not
 * have seen yet; it leads to a revoke.
 */
export const transitions: readonly Transition[] = [
  step("nothing", "request", null, "waiting", "requester"),
  // Another name in the same PR, or the same fingerprint under a new one, is claimed as well.
  step([...undecided, ...over], "request", null, "same", "requester"),
  step(undecided, "decision", "pending", "waiting", "approving roles"),
  step(undecided, "decision", "denied", "denied", "approving roles"),
  step(undecided, "decision", "approved", "approved", "approving roles"),
  step(over, "decision", "denied", "same", "gate"),
  step("approved", "merge", null, "merged", "gate"),
  step([...undecided, "merged"], "ending", "withdrawn", "withdrawn", "requester"),
  step([...undecided, "merged"], "ending", "cancelled", "cancelled", "cancel"),
  step(undecided, "expired-unapproved", null, "expired unapproved", "time"),
  step("merged", "ending", "revoked", "revoked", "whoever may revoke"),
  step(
    [...undecided, "merged"],
    "ending",
    "incident-closed",
    "incident closed",
    "whoever closes the incident",
  ),
  step(["merged", ...over], "lapsed", null, "lapsed", "time"),
  step(["merged", ...over], "grant-intent", null, "activating", "executor"),
  step(
    ["merged", "lapsed", ...over, "activating"],
    "grant-failed",
    null,
    "grant failed",
    "executor",
  ),
  step("activating", "grant", null, "active", "executor"),
  step(
    ["activating", "active", "grant failed", "revoke failed"],
    "revoke-intent",
    null,
    "revoking",
    "executor",
  ),
  step(["revoking", "revoke failed"], "revoke", null, "ended", "executor"),
  step(["revoking", "revoke failed"], "nothing-to-do", null, "ended", "executor"),
  step(["revoking", "revoke failed"], "revoke-failed", null, "revoke failed", "executor"),
  step(["active", "revoking"], "externally-removed", null, "ended", "administrators of the target"),
];

/** Where each request stands, by name, and every entry about it that no transition allows. */
export interface RequestLife {
  readonly state: LifeState;
  readonly strange: readonly Entry[];
}

interface Followed<State = LifeState | "nothing"> {
  readonly state: State;
  readonly strange: Entry[];
}

/** Follows every request through the decisions ledger and then the executions ledger, which begins where a merge is. */
export function requestLives({
  decisions,
  executions,
}: LedgerView): ReadonlyMap<string, RequestLife> {
  const lives = new Map<string, Followed<LifeState>>();
  const owners = new Map<string, number>();
  for (const entry of [...decisions, ...executions]) {
    for (const name of requestsOf(entry)) {
      if (entry.type === "request" && !owners.has(name)) owners.set(name, entry.inputs.pull);
      // A name belongs to the PR that used it first: what is decided on another one does not move it.
      if ((pullOf(entry) ?? owners.get(name)) !== owners.get(name)) continue;
      const known: Followed = lives.get(name) ?? { state: "nothing", strange: [] };
      const found = transitions.find(
        ({ from, entry: type, says }) =>
          type === entry.type &&
          (says ?? saidBy(entry)) === saidBy(entry) &&
          from.includes(known.state),
      );
      // Of a request that nobody asked for yet nothing is kept.
      if (found === undefined) known.strange.push(entry);
      else if (found.to !== "same") lives.set(name, { ...known, state: found.to });
    }
  }
  return lives;
}

/** Names the requests that an entry moves; another pull request may use the name without moving anything. */
export function requestsOf(entry: Entry): readonly string[] {
  switch (entry.type) {
    case "request":
      return [entry.result.name];
    case "decision":
      return entry.result.decision.request === null ? [] : [entry.result.decision.request.name];
    case "merge":
      return entry.result.kind === "request" ? entry.result.requests : [];
    case "ending":
    case "expired-unapproved":
    case "lapsed":
    case "grant-failed":
      return [entry.inputs.request];
    case "grant-intent":
      return [entry.result.grant.request];
    case "grant":
    case "revoke-intent":
    case "revoke":
    case "revoke-failed":
    case "externally-removed":
    case "nothing-to-do":
      return [entry.inputs.grant.request];
    case "drift-baseline":
    case "drift":
    case "drift-outcome":
    case "trust-root":
    case "push-observed":
    case "approval-observed":
    case "review-changed":
    case "checkpoint":
    case "command":
    case "revert":
    case "violation":
    case "chain-step":
    case "review-opened":
    case "usage":
      return [];
  }
}

/** The PR that an entry speaks of for itself; `null` where any may (a removal ends access from its own PR). */
function pullOf(entry: Entry): number | null {
  if (entry.type === "decision") return entry.result.decision.pull;
  if (entry.type === "request" || entry.type === "expired-unapproved") return entry.inputs.pull;
  if (entry.type === "ending" && entry.result.cause !== "revoked") return entry.inputs.pull;
  return null;
}

function saidBy(entry: Entry): string | null {
  if (entry.type === "decision") return entry.result.decision.verdict;
  return entry.type === "ending" ? entry.result.cause : null;
}

function step(
  from: LifeState | "nothing" | readonly LifeState[],
  entry: EntryType,
  says: string | null,
  to: LifeState | "same",
  by: Cause,
): Transition {
  return { from: typeof from === "string" ? [from] : from, entry, says, to, by };
}
