import type { IncidentFacts } from "../core/model/emergency.ts";
import type { IncidentReference } from "../core/model/emergency.ts";

/** Reads incidents where they are tracked. Gate and executor hold one each; it changes nothing there. */
export interface IncidentSource {
  /**
   * Reads an incident as it is now; `null` when there is none of that number. Throws ForgeUnavailable (worth a retry)
   * and ForgeRefused (not): to a request that asks for access both mean that there is no incident.
   */
  read(reference: IncidentReference): Promise<IncidentFacts | null>;
}
