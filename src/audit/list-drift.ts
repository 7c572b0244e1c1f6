import { entriesOf } from "../core/attest/ledger-view.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import type { Grant, ReadBack } from "../core/model/grant.ts";

/** A difference between what a target should hold and what it held, that the executor found and did not make. */
export interface ListedDrift {
  readonly type: "externally-removed";
  readonly at: string;
  /** Number of its entry on audit/executions. */
  readonly entry: number;
  readonly grant: Grant;
  readonly readBack: ReadBack;
}

/** Lists what targets were found to hold otherwise than they should, oldest first. */
export function listDrift(view: LedgerView): readonly ListedDrift[] {
  return entriesOf(view, "externally-removed").map(({ type, at, seq, inputs, result }) => ({
    ...{ type, at, entry: seq, grant: inputs.grant },
    readBack: result.readBack,
  }));
}
