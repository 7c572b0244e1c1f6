import type { Draft } from "../core/model/entry.ts";
import type { DriftMode, DriftSighting } from "../core/model/drift.ts";
import { sightingKey } from "../core/plan/drift.ts";
import type { DriftPlan } from "../core/plan/drift.ts";
import type { Waiting } from "./outbox.ts";

/** Drafts the entry of what a first look found at a target. */
export function driftBaseline(
  target: string,
  { identities, permissions, held }: NonNullable<DriftPlan["baseline"]>,
  now: Date,
): Waiting {
  const at = now.toISOString();
  return {
    draft: {
      type: "drift-baseline",
      idempotencyKey: `drift-baseline:${target}:${at}`,
      summary: `Look at ${target} for the first time: ${held.length} without a grant, left alone`,
      delivery: null,
      inputs: { target, at, identities, permissions },
      result: { held },
    },
    refersTo: null,
  };
}

/** Drafts the entry of access that no grant explains, before anything is done about it. */
export function driftFound(
  { sighting, response, readBack }: DriftPlan["fresh"][number],
  mode: DriftMode,
): Waiting {
  return {
    draft: {
      type: "drift",
      idempotencyKey: `drift:${sightingKey(sighting)}`,
      summary: `Find drift: ${named(sighting)}`,
      delivery: null,
      inputs: sighting,
      result: { mode, response, readBack },
    },
    refersTo: null,
  };
}

/** Drafts the entry of what became of drift: its end once, a failure once a day as long as it lasts. */
export function driftOutcome(
  sighting: DriftSighting,
  result: Draft<"drift-outcome">["result"],
  now: Date,
): Waiting {
  const day = result.outcome === "failed" ? `:${now.toISOString().slice(0, 10)}` : "";
  return {
    draft: {
      type: "drift-outcome",
      idempotencyKey: `drift-outcome:${sightingKey(sighting)}:${result.outcome}${day}`,
      summary: `End drift as ${result.outcome}: ${named(sighting)}`,
      delivery: null,
      inputs: sighting,
      result,
    },
    refersTo: null,
  };
}

function named({ identity, permission, target }: DriftSighting): string {
  return `${permission} of ${identity} at ${target}`;
}
