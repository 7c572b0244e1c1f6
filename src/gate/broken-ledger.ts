import { LedgerBroken } from "../record/ledger-errors.ts";
import { failureText } from "./failure-text.ts";
import type { Gate } from "./gate.ts";

/** Says why nothing is decided any more: a ledger does not verify; `null` while both do. */
export function brokenLedger({ ledger }: Gate): LedgerBroken | null {
  try {
    ledger.view();
    return null;
  } catch (error) {
    if (error instanceof LedgerBroken) return error;
    throw error;
  }
}

/**
 * Says loudly that a ledger is broken, and records it where that is still possible: that the executions broke can be said on the
 * decisions. A broken ledger of decisions takes no entry any more; only the log and /healthz say so. Nobody clears it by a command:
 * somebody has to find out who wrote it, and restart. Never throws.
 */
export async function reportBroken(gate: Gate, { at, message }: LedgerBroken): Promise<void> {
  gate.log("error", "a ledger is broken: nothing is decided, published or merged any more", {
    ...{ code: at.code, branch: at.branch, seq: at.seq, reason: message },
  });
  if (at.branch !== "audit/executions") return;
  try {
    await gate.ledger.appendDespitePeer([
      {
        type: "violation",
        idempotencyKey: `violation:ledger:${at.code}:${at.seq ?? "unknown"}:${at.commit ?? "unknown"}`,
        summary: `audit/executions does not verify: ${at.code}`,
        delivery: null,
        inputs: { pull: null, commit: null, request: null, paths: [], by: null },
        result: { code: "LEDGER-BROKEN", detail: message.toWellFormed() },
      },
    ]);
  } catch (error) {
    gate.log("error", "that the executions are broken could not be recorded", {
      reason: failureText(error),
    });
  }
}
