import { canonicalJson } from "../attest/canonical-json.ts";
import type { CountedApproval, Decision } from "../model/decision.ts";
import type { EntryOf } from "../model/entry.ts";
import type { Json } from "../model/json.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { epochMs } from "../parse/epoch-ms.ts";
import type { Refusal } from "./refusal.ts";
import { refusedForGood, refusedForNow } from "./refusal.ts";

/** A recorded decision beside what the executor read and decided by itself. */
export interface Confirmation {
  readonly recorded: EntryOf<"decision">;
  readonly snapshot: Snapshot;
  readonly fresh: Decision;
}

/**
 * Holds a recorded decision against the executor's own question to the forge and its own decision (P1, P12):
 * every approval it names must stand there as an APPROVED review by that id, and deciding again must approve
 * the same bytes for the same access. `null` confirms it. A stolen gate key alone therefore grants nothing.
 */
export function confirmDecision({ recorded, snapshot, fresh }: Confirmation): Refusal | null {
  const { decision } = recorded.result;
  const [missing] = snapshot.missing;
  if (missing !== undefined) {
    return refusedForNow("EXEC-INDETERMINATE", `Not everything could be read: ${missing.reason}`);
  }
  const { id } = snapshot.repository;
  if (id !== recorded.inputs.snapshot.repository.id || snapshot.pull.number !== decision.pull) {
    const reason = `The decision is about another repository or PR than the one that answers (id ${id}).`;
    return refusedForGood("EXEC-OTHER-REPOSITORY", reason);
  }
  if (decision.approvals.length === 0) {
    return refusedForGood(
      "EXEC-NO-APPROVAL",
      "The decision names no approval: nobody approved it.",
    );
  }
  const fallen = decision.approvals.find((approval) => !stands(approval, snapshot));
  if (fallen !== undefined) {
    const reason =
      `The approval ${fallen.review} by ${fallen.login} (id ${fallen.principal}) does not stand at the forge: ` +
      "open a new request.";
    return refusedForGood("EXEC-APPROVAL-NOT-STANDING", reason);
  }
  return incidentOver(snapshot) ?? redecided(fresh) ?? sameAccess(decision, fresh);
}

/** No emergency, no new access: also when the incident was closed after the merge, or cannot be read (P9). */
function incidentOver({ incident, pull }: Snapshot): Refusal | null {
  if (incident === null) return null;
  const { reference, state, closings } = incident;
  if (state === "unreadable") {
    const reason = `The incident ${reference} cannot be read, so it counts as closed.`;
    return refusedForNow("EXEC-INCIDENT", reason);
  }
  const closed = closings.find(({ at }) => epochMs(at) >= epochMs(pull.createdAt));
  if (state === "open" && closed === undefined) return null;
  const when = closed === undefined ? "" : ` at ${closed.at}`;
  const reason = `The incident ${reference} was closed${when}: open a new request when there is one.`;
  return refusedForGood("EXEC-INCIDENT", reason);
}

function stands({ review, principal }: CountedApproval, { pull }: Snapshot): boolean {
  return pull.reviews.some(
    ({ id, author, state }) =>
      id === review && author?.id === principal && author.type === "User" && state === "APPROVED",
  );
}

function redecided({ verdict, findings }: Decision): Refusal | null {
  if (verdict === "approved") return null;
  const unknown = findings.find(({ outcome }) => outcome === "indeterminate");
  if (unknown !== undefined) {
    return refusedForNow("EXEC-INDETERMINATE", `Decided again: ${unknown.code} ${unknown.reason}`);
  }
  const against = findings.find(({ outcome }) => outcome !== "satisfied");
  const reason = `Decided again it is ${verdict}: ${against?.code ?? ""} ${against?.reason ?? ""}`;
  return refusedForGood("EXEC-REDECIDED", reason.trim());
}

function sameAccess(recorded: Decision, fresh: Decision): Refusal | null {
  const same =
    recorded.request !== null &&
    recorded.digests.content !== null &&
    recorded.digests.content === fresh.digests.content &&
    recorded.head === fresh.head &&
    recorded.baseRef === fresh.baseRef &&
    fresh.notAfter !== null &&
    canonicalJson(recorded.request as unknown as Json) ===
      canonicalJson(fresh.request as unknown as Json);
  if (same) return null;
  const reason = "Decided again it is about other content or another access: open a new request.";
  return refusedForGood("EXEC-REQUEST-DIFFERS", reason);
}
