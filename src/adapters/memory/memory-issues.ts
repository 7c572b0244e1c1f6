import type { IncidentFacts } from "../../core/model/emergency.ts";
import { incidentText } from "../../core/model/emergency.ts";
import type { ForgeIssues, NewIssue } from "../../ports/forge-issues.ts";
import type { IncidentSource } from "../../ports/incident-source.ts";

/** Issues in memory, for tests: what was asked of people, and the incidents of a tracker. */
export interface MemoryTracker {
  readonly issues: Map<number, NewIssue & { state: "open" | "closed" }>;
  /** By reference, `owner/repository#number`. */
  readonly incidents: Map<string, IncidentFacts>;
  /** Thrown by every call while it is set. */
  outage: Error | null;
}

/** Makes a tracker without issues or incidents. */
export function memoryTracker(): MemoryTracker {
  return { issues: new Map(), incidents: new Map(), outage: null };
}

/** Opens and closes issues in memory, as ForgeIssues promises. */
export function memoryIssues(tracker: MemoryTracker): ForgeIssues {
  return {
    open: (issue) =>
      later(tracker, () => {
        const known = [...tracker.issues].find(([, { mark }]) => mark === issue.mark);
        if (known !== undefined) return { number: known[0] };
        const number = 1_000 + tracker.issues.size;
        tracker.issues.set(number, { ...issue, state: "open" });
        return { number };
      }),
    close: (number) =>
      later(tracker, () => {
        const issue = tracker.issues.get(number);
        if (issue !== undefined) issue.state = "closed";
      }),
  };
}

/** Reads incidents in memory, as IncidentSource promises. */
export function memoryIncidents(tracker: MemoryTracker): IncidentSource {
  return {
    read: (reference) =>
      later(tracker, () => structuredClone(tracker.incidents.get(incidentText(reference)) ?? null)),
  };
}

async function later<T>({ outage }: MemoryTracker, act: () => T): Promise<T> {
  await Promise.resolve();
  if (outage !== null) throw outage;
  return act();
}
