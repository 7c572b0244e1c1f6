import { existsSync, readFileSync } from "node:fs";
import type { LedgerHead } from "../audit/audit-report.ts";
import type { Pin } from "../audit/pin-findings.ts";

/** Says what a pin looks like. */
export const pinMalformed =
  "--pin must be the checkpoint that an earlier audit printed at its end:\n" +
  "decisions=<seq>:sha256:<64 hex digits>,executions=<seq>:sha256:<64 hex digits>, one or both; or a file that holds it.";

/** Reads a checkpoint, or the file that holds one and nothing else; `null` when it is neither. */
export function readPins(text: string): readonly Pin[] | null {
  const pins = parsePins(text);
  if (pins !== null || !existsSync(text)) return pins;
  return parsePins(readFileSync(text, "utf8").trim());
}

/** Reads a checkpoint; `null` when it is none, or names a ledger twice: a pin that pins nothing must not pass. */
export function parsePins(text: string): readonly Pin[] | null {
  const pins: Pin[] = [];
  for (const part of text.split(",")) {
    const match = /^(decisions|executions)=(0|[1-9]\d{0,14}):(sha256:[0-9a-f]{64})$/u.exec(part);
    const [, ledger, seq, digest] = match ?? [];
    if (digest === undefined) return null;
    const branch = ledger === "decisions" ? "audit/decisions" : "audit/executions";
    if (pins.some((pin) => pin.branch === branch)) return null;
    pins.push({ branch, seq: Number(seq), digest });
  }
  return pins;
}

/** Writes the heads of both ledgers as a checkpoint for the next audit. */
export function checkpointText(heads: readonly LedgerHead[]): string {
  return heads
    .map(({ branch, seq, digest }) => `${branch.slice("audit/".length)}=${seq}:${digest}`)
    .join(",");
}
