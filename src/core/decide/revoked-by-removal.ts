import { mayBegin, mayRevoke } from "../evaluate/commands/judge-ending.ts";
import { openCase } from "../evaluate/case.ts";
import { identify, personNamed } from "../evaluate/people.ts";
import { requesterSet } from "../evaluate/requester-set.ts";
import { pullOpen } from "../evaluate/rules/pull-open.ts";
import type { RequestRecord, Snapshot } from "../model/snapshot.ts";

/**
 * Names the requests whose access a PR that only deletes their files ends early: opened, and pushed to, by nobody but people
 * who may revoke each of them. It needs no approval, because it only removes (design.md §1). Everything about such a PR must be known; where it is
 * not, nothing ends early, and the access has its own end.
 */
export function revokedByRemoval(snapshot: Snapshot, now: Date): readonly RequestRecord[] {
  const given = openCase(snapshot, now);
  const { governance, pull } = given;
  if (pull.kind !== "removal" || governance === null || snapshot.pull.state !== "open") return [];
  if (snapshot.missing.length > 0 || snapshot.governance.provenance.status !== "intact") return [];
  // Whoever pushed to the branch speaks through its PR: each of them must be somebody who may.
  const { people, unresolved } = requesterSet(given, governance);
  const involved = [...people.keys()];
  const isSuspended = involved.some(
    (name) => personNamed(governance, name)?.status === "suspended",
  );
  if (unresolved.length > 0 || involved.length === 0 || isSuspended) return [];
  const opener = identify(governance, snapshot.pull.author);
  if (opener.kind !== "person" || pullOpen(given).outcome !== "satisfied") return [];
  return snapshot.ledger.requests.filter(
    (record) =>
      record.ending === null &&
      record.asked !== null &&
      record.access !== "ended" &&
      mayBegin(record, now) &&
      involved.every((person) => mayRevoke(governance, snapshot, { record, person })),
  );
}
