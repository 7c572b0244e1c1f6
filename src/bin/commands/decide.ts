import { parseArgs } from "node:util";
import { parseInstant } from "../../core/parse/instant.ts";
import { decide as decideSnapshot } from "../../core/decide/decide.ts";
import type { Decision } from "../../core/model/decision.ts";
import type { Snapshot } from "../../core/model/snapshot.ts";
import { planRequest } from "../../core/plan/request-plan.ts";
import { renderCheck } from "../../core/render/render-check.ts";
import type { Command } from "../command.ts";
import { readSnapshotFile } from "../read-snapshot-file.ts";
import { StartRefused } from "../start-refused.ts";

/**
 * Decides a recorded snapshot again, as it was at an instant: `decide --snapshot FILE --at INSTANT [--json]`.
 * Returns 0 when approved, 1 when pending or denied, 3 for misuse. Prints the text of the check, or with
 * `--json` the whole decision.
 */
export const decide: Command = async (args, io) => {
  const { snapshot: file, at, json } = readOptions(args);
  if (file === undefined || at === undefined) {
    throw new StartRefused("Write --snapshot FILE --at 2026-11-21T10:00:00Z.");
  }
  const now = parseInstant(at);
  if (now === null)
    throw new StartRefused(
      `--at is "${at}": write an instant in UTC, such as 2026-11-21T10:00:00Z.`,
    );
  const given = await readSnapshotFile(file);
  const decision = decideSnapshot(given, now);
  io.stdout(json ? `${JSON.stringify(decision)}\n` : inWords(given, decision));
  return decision.verdict === "approved" ? 0 : 1;
};

function inWords(given: Snapshot, decision: Decision): string {
  const { summary, text } = renderCheck(decision, planRequest(given, decision));
  return `${decision.verdict}\n\n${summary}\n\n${text}\n`;
}

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        snapshot: { type: "string" },
        at: { type: "string" },
        json: { type: "boolean", default: false },
      },
    }).values;
  } catch (cause) {
    throw new StartRefused(cause instanceof Error ? cause.message : "", { cause });
  }
}
