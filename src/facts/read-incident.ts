import { governanceOf } from "../core/evaluate/governance-of.ts";
import { classifyPull } from "../core/evaluate/pull-kind.ts";
import type { IncidentFacts } from "../core/model/emergency.ts";
import type { Change, GovernanceFile } from "../core/model/snapshot.ts";
import { incidentReference, incidentText } from "../core/parse/incident-reference.ts";
import type { IncidentReference } from "../core/parse/incident-reference.ts";
import { parseRequest } from "../core/parse/parse-request.ts";
import type { IncidentSource } from "../ports/incident-source.ts";

/**
 * Reads the incident that an emergency names, if it is in a repository that a policy of governance allows; `null` for every
 * other pull request. Never throws for the tracker: one that does not answer makes it unreadable, and holds up nothing else, so
 * that access can still be ended early.
 */
export async function readIncident(
  source: IncidentSource,
  changes: readonly Change[],
  files: readonly GovernanceFile[],
): Promise<IncidentFacts | null> {
  const reference = referenceOf(changes, files);
  if (reference === null) return null;
  const unreadable: IncidentFacts = {
    reference: incidentText(reference),
    state: "unreadable",
    openedBy: null,
    confirmedBy: [],
    closings: [],
  };
  try {
    return (await source.read(reference)) ?? unreadable;
  } catch {
    return unreadable;
  }
}

function referenceOf(
  changes: readonly Change[],
  files: readonly GovernanceFile[],
): IncidentReference | null {
  const [change] = changes;
  if (classifyPull(changes).kind !== "request" || change?.text == null) return null;
  const request = parseRequest(change.path, change.text);
  const governance = governanceOf(files);
  if (!governance.ok || !request.ok || request.value.kind !== "BreakGlassRequest") return null;
  const incident = request.value.spec.references.find(({ type }) => type === "incident");
  // Whether the policies that apply to this very request name the repository is for the decision to say.
  for (const { spec } of governance.value.policies) {
    const found = incidentReference(incident?.id ?? "", spec.breakGlass?.incidents ?? []);
    if (found !== null) return found;
  }
  return null;
}
