import type { Account } from "../../model/account.ts";
import type { Governance } from "../../model/governance.ts";
import { epochMs } from "../../parse/epoch-ms.ts";
import type { Case } from "../case.ts";
import { hadAPart } from "../exclusions.ts";
import { identify, personNamed } from "../people.ts";
import { requesterSet } from "../requester-set.ts";

/**
 * Tells since when somebody beside those who ask says that there is an emergency, in milliseconds since the epoch; `null` while
 * nobody does. Whoever opened the incident says so, also through a machine of theirs, such as an alert; but our own Apps do
 * not, and of an incident that was closed before only what was confirmed since counts: who reopens it says nothing.
 */
export function reportedSince(given: Case, governance: Governance): number | null {
  const { incident, pull } = given.snapshot;
  if (incident === null) return null;
  const requesters = requesterSet(given, governance);
  const isOutside = (person: string): boolean =>
    !hadAPart(given, governance, { person, requesters }) &&
    personNamed(governance, person)?.status !== "suspended";
  const before = incident.closings.filter(({ at }) => epochMs(at) < epochMs(pull.createdAt));
  const lastClosed = Math.max(-Infinity, ...before.map(({ at }) => epochMs(at)));
  const reporter = reporterOf(governance, incident.openedBy);
  const times = [
    ...(before.length === 0 && reporter !== null && isOutside(reporter)
      ? [epochMs(incident.openedAt ?? "")]
      : []),
    ...incident.confirmations.flatMap(({ at, by }) => {
      const identity = by.type === "User" ? identify(governance, by) : null;
      const isGenuine = identity?.kind === "person" && isOutside(identity.name);
      return isGenuine && epochMs(at) > lastClosed ? [epochMs(at)] : [];
    }),
  ].filter((at) => !Number.isNaN(at));
  return times.length === 0 ? null : Math.min(...times);
}

/** The person behind an account that reports; the gate and the executor report nothing, and a stranger is nobody. */
function reporterOf(governance: Governance, account: Account | null): string | null {
  const identity = identify(governance, account);
  if (identity.kind === "person") return identity.name;
  if (identity.kind !== "machine") return null;
  const machine = governance.machines.find(({ name }) => name === identity.name);
  return machine?.kind === "gate" || machine?.kind === "executor" ? null : identity.owner;
}
