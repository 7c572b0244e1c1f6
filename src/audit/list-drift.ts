import { entriesOf } from "../core/attest/ledger-view.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import type { DriftMode, DriftOutcome, DriftSighting } from "../core/model/drift.ts";
import type { Grant, ReadBack } from "../core/model/grant.ts";
import { sightingKey } from "../core/plan/drift.ts";

/** A difference between what a target should hold and what it held, that the executor found and did not make. */
export type ListedDrift = ListedRemoval | ListedUnexplained;

export interface ListedRemoval {
  readonly type: "externally-removed";
  readonly at: string;
  /** Number of its entry on audit/executions. */
  readonly entry: number;
  readonly grant: Grant;
  readonly readBack: ReadBack;
}

/** Access that no grant explains. */
export interface ListedUnexplained {
  readonly type: "drift";
  readonly at: string;
  readonly entry: number;
  readonly sighting: DriftSighting;
  readonly mode: DriftMode;
  /** What became of it last; `null`: it was not seen to go. */
  readonly outcome: DriftOutcome | null;
  readonly readBack: ReadBack;
}

/** Lists what targets were found to hold otherwise than they should, oldest first. */
export function listDrift(view: LedgerView): readonly ListedDrift[] {
  const removed = entriesOf(view, "externally-removed").map(
    ({ type, at, seq, inputs, result }): ListedDrift => ({
      ...{ type, at, entry: seq, grant: inputs.grant },
      readBack: result.readBack,
    }),
  );
  const outcomes = new Map(
    entriesOf(view, "drift-outcome").map(({ inputs, result }) => [sightingKey(inputs), result]),
  );
  const unexplained = entriesOf(view, "drift").map(
    ({ type, at, seq, inputs, result: { mode, readBack } }): ListedDrift => {
      const last = outcomes.get(sightingKey(inputs));
      return {
        ...{ type, at, entry: seq, sighting: inputs, mode },
        outcome: last?.outcome ?? null,
        readBack: last?.readBack ?? readBack,
      };
    },
  );
  return [...removed, ...unexplained].toSorted((a, b) => a.entry - b.entry);
}
