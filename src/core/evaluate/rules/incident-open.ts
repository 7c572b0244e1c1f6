import type { Finding } from "../../model/finding.ts";
import type { Governance } from "../../model/governance.ts";
import type { IncidentFacts } from "../../model/emergency.ts";
import type { Account } from "../../model/account.ts";
import { epochMs } from "../../parse/epoch-ms.ts";
import type { Case, OpenRequest } from "../case.ts";
import { incidentOf } from "../emergency/incident-of.ts";
import { identify } from "../people.ts";
import { requesterSet } from "../requester-set.ts";

/**
 * Requires that there is an emergency, and that somebody beside those who ask says so: the incident is open in a repository of
 * the policy, was opened or confirmed outside the requester set, and was not closed since this was asked for, because reopening
 * it revives nothing (design.md §4, break-glass). What cannot be read grants nothing. A closing after the merge ends the
 * access instead of undoing the decision.
 */
export function incidentOpen(given: Case): Finding {
  const { request, governance, snapshot } = given;
  const found = { rule: "incident-open", code: "SOD-INCIDENT" };
  const unknown = (reason: string): Finding => ({
    ...found,
    outcome: "indeterminate",
    reason,
    facts: [],
  });
  if (request === null || governance === null || request.emergency === null) {
    return unknown("Which incidents count is not known.");
  }
  const reference = incidentOf(request);
  if (reference === null) {
    const allowed = request.emergency.incidents.join(", ") || "no repository";
    const reason = `Name one incident, an issue of ${allowed}, such as \`{ type: incident, id: "#7" }\`.`;
    return { ...found, outcome: "violated", reason, facts: [] };
  }
  const { incident } = snapshot;
  const facts = [`incident:${reference}`];
  if (incident?.reference !== reference || incident.state === "unreadable") {
    const reason = `The incident ${reference} cannot be read, so it counts as closed.`;
    return { ...found, outcome: "indeterminate", reason, facts };
  }
  const against = whyNot(given, incident) ?? strangers(given, { governance, incident, request });
  if (against !== null) return { ...found, outcome: "violated", reason: against, facts };
  return { ...found, outcome: "satisfied", reason: `The incident ${reference} is open.`, facts };
}

function whyNot({ snapshot: { pull } }: Case, incident: IncidentFacts): string | null {
  const { reference, closings, state } = incident;
  const until = pull.mergedAt === null ? Infinity : epochMs(pull.mergedAt);
  const closed = closings.find(
    ({ at }) => epochMs(at) >= epochMs(pull.createdAt) && epochMs(at) <= until,
  );
  if (closed !== undefined) {
    return `The incident ${reference} was closed at ${closed.at}, after this was asked for: open a new request when there is one.`;
  }
  const closedSince = closings.some(({ at }) => epochMs(at) > until);
  return state === "open" || closedSince ? null : `The incident ${reference} is closed.`;
}

function strangers(
  given: Case,
  {
    governance,
    incident,
    request,
  }: {
    readonly governance: Governance;
    readonly incident: IncidentFacts;
    readonly request: OpenRequest;
  },
): string | null {
  const { people } = requesterSet(given, governance);
  const before = given.snapshot.ledger.remembered.excluded.filter(
    ({ from }) => from === "requester",
  );
  const isOutside = (account: Account | null, machines: "count" | "do-not"): boolean => {
    const identity = identify(governance, account);
    if (identity.kind === "machine" && machines === "do-not") return false;
    const person = identity.kind === "machine" ? identity.owner : nameOf(identity);
    return (
      person !== null &&
      !people.has(person) &&
      person !== request.fingerprint.person &&
      !before.some((one) => one.person === person)
    );
  };
  // An alert can open an incident by itself, through a machine that nobody who asks owns; it confirms nothing.
  const isGenuine =
    isOutside(incident.openedBy, "count") ||
    incident.confirmedBy.some((one) => one.type === "User" && isOutside(one, "do-not"));
  if (isGenuine) return null;
  return `The incident ${incident.reference} was opened by who asks, or by nobody whom people.yaml names: somebody else has to write \`/access confirm\` under it.`;
}

function nameOf(identity: ReturnType<typeof identify>): string | null {
  return identity.kind === "person" ? identity.name : null;
}
