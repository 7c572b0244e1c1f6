import { entryByDigest } from "../core/attest/ledger-view.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import { emergencyTerms } from "../core/evaluate/emergency/emergency-terms.ts";
import { governanceOf } from "../core/evaluate/governance-of.ts";
import { offeredBy } from "../core/evaluate/document-reading.ts";
import { classifyPull } from "../core/evaluate/pull-kind.ts";
import type { IncidentFacts } from "../core/model/emergency.ts";
import type { Change, GovernanceFile } from "../core/model/snapshot.ts";
import { applicablePolicies, tierOf } from "../core/parse/applicable-policies.ts";
import { incidentText } from "../core/model/emergency.ts";
import { incidentReference, recordedIncident } from "../core/parse/incident-reference.ts";
import type { IncidentReference } from "../core/model/emergency.ts";
import { parseRequest } from "../core/parse/parse-request.ts";
import type { IncidentSource } from "../ports/incident-source.ts";
import { mergeOf } from "./linked-pulls.ts";

export interface IncidentQuestion {
  readonly pull: number;
  readonly changes: readonly Change[];
  readonly files: readonly GovernanceFile[];
  readonly ledger: LedgerView;
}

/**
 * Reads the incident of an emergency: the one it was merged for, or before that the one it names in a repository that the
 * policies allow; `null` for every other pull request. Never throws for the tracker: one that does not answer makes it
 * unreadable, and holds up nothing else, so that access can still be ended early.
 */
export async function readIncident(
  source: IncidentSource,
  question: IncidentQuestion,
): Promise<IncidentFacts | null> {
  const reference = mergedFor(question) ?? namedIn(question);
  if (reference === null) return null;
  try {
    const incident = await source.read(reference);
    return incident ?? unreadable(reference, "There is no such issue, or the App may not see it.");
  } catch (error) {
    return unreadable(reference, error instanceof Error ? error.message : String(error));
  }
}

function unreadable(reference: IncidentReference, problem: string): IncidentFacts {
  return {
    ...{ reference: incidentText(reference), state: "unreadable", problem },
    ...{ openedBy: null, openedAt: null, confirmations: [], closings: [] },
  };
}

/** A policy that changed after the merge changes nothing about when the access ends. */
function mergedFor({ ledger, pull }: IncidentQuestion): IncidentReference | null {
  const merge = mergeOf(ledger, pull);
  const entry = merge === null ? null : entryByDigest(ledger, "decision", merge.inputs.decision);
  const incident = entry?.result.decision.request?.incident ?? null;
  return incident === null ? null : recordedIncident(incident);
}

function namedIn({ changes, files }: IncidentQuestion): IncidentReference | null {
  const [change] = changes;
  if (classifyPull(changes).kind !== "request" || change?.text == null) return null;
  const request = parseRequest(change.path, change.text);
  const governance = governanceOf(files);
  if (!governance.ok || !request.ok || request.value.kind !== "BreakGlassRequest") return null;
  const offered = offeredBy(governance.value, request.value);
  if (offered === null) return null;
  const tier = tierOf(offered.entitlement.tier, request.value);
  const terms = emergencyTerms(applicablePolicies(governance.value, request.value, tier));
  const incident = request.value.spec.references.find(({ type }) => type === "incident");
  return incidentReference(incident?.id ?? "", terms?.incidents ?? []);
}
