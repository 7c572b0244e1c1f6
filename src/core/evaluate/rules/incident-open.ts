import type { Finding } from "../../model/finding.ts";
import type { Governance } from "../../model/governance.ts";
import type { IncidentFacts } from "../../model/emergency.ts";
import { epochMs } from "../../parse/epoch-ms.ts";
import type { Case } from "../case.ts";
import { incidentOf } from "../emergency/incident-of.ts";
import { reportedSince } from "../emergency/reported-since.ts";

/**
 * Requires that there is an emergency, and that somebody beside those who ask says so: the incident is open in a repository of
 * the policy, was opened or confirmed outside the requester set, and was not closed since this was asked for, because reopening
 * it revives nothing (design.md §4, break-glass). What cannot be read grants nothing. Of what is merged a closing ends the access,
 * and the executor begins none; it does not undo the decision.
 */
export function incidentOpen(given: Case): Finding {
  const { request, governance, snapshot } = given;
  const found = { rule: "incident-open", code: "SOD-INCIDENT" };
  if (request === null || governance === null || request.emergency === null) {
    const reason = "Which incidents count is not known.";
    return { ...found, outcome: "indeterminate", reason, facts: [] };
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
    const why = incident?.problem ?? "nobody read it.";
    const reason = `The incident ${reference} cannot be read, so it counts as closed: ${why}`;
    return { ...found, outcome: "indeterminate", reason, facts };
  }
  const against = whyClosed(given, incident) ?? whyUnreported(given, governance, reference);
  if (against !== null) return { ...found, outcome: "violated", reason: against, facts };
  return { ...found, outcome: "satisfied", reason: `The incident ${reference} is open.`, facts };
}

function whyClosed({ snapshot: { pull } }: Case, incident: IncidentFacts): string | null {
  const { reference, closings, state } = incident;
  const since = closings.find(({ at }) => epochMs(at) >= epochMs(pull.createdAt));
  // The merge itself can have closed it ("Fixes #7").
  if (pull.mergedAt !== null && since !== undefined) return null;
  if (since !== undefined) {
    return `The incident ${reference} was closed at ${since.at}, after this was asked for: open a new request when there is one.`;
  }
  return state === "open" ? null : `The incident ${reference} is closed.`;
}

function whyUnreported(given: Case, governance: Governance, reference: string): string | null {
  if (reportedSince(given, governance) !== null) return null;
  return `Nobody beside those who ask says that ${reference} is an emergency now: somebody else, whom people.yaml names, has to write \`/access confirm\` under it.`;
}
