import { incidentText } from "../../model/emergency.ts";
import { incidentReference } from "../../parse/incident-reference.ts";
import type { OpenRequest } from "../case.ts";

/** The incident that an emergency is asked for, in full; `null` when it names none, several, or one in another repository. */
export function incidentOf({ document, emergency }: OpenRequest): string | null {
  const named = (document.spec.references ?? []).filter(({ type }) => type === "incident");
  const [only, ...more] = named;
  if (emergency === null || only === undefined || more.length > 0) return null;
  const reference = incidentReference(only.id, emergency.incidents);
  return reference === null ? null : incidentText(reference);
}
