import { CloneUnfit } from "../../adapters/git/clone-defects.ts";
import { openCloneLedger } from "../../adapters/git/git-ledger-store.ts";
import { openClone } from "../../adapters/git/git-mirror.ts";
import type { AuditReport } from "../../audit/audit-report.ts";
import { renderText } from "../../audit/render-text.ts";
import { verifyAudit } from "../../audit/verify-audit.ts";
import type { ForgeKey } from "../../core/attest/openpgp/verify-detached.ts";
import { LedgerRewritten } from "../../ports/ledger-store.ts";
import { MirrorObjectMissing } from "../../ports/mirror.ts";
import { checkpointText } from "../pin-option.ts";
import { cloneOptions } from "../clone-options.ts";
import type { CloneOptions } from "../clone-options.ts";
import type { CommandOutput } from "../command.ts";
import { progressBar } from "../progress-bar.ts";
import type { ProgressBar } from "../progress-bar.ts";
import { readForgeKeys } from "../read-forge-keys.ts";

const usage =
  "countersign audit verify [--repo .] --root sha256:… [--mode full|chain] [--since INSTANT] [--pin CHECKPOINT] [--forge-keys FILE] [--now 2026-11-21T10:00:00Z] [--json]";

/**
 * Verifies the evidence in a clone, offline. Returns 0 when everything holds, 1 for any finding, 2 when the
 * clone does not allow an answer (shallow, partial, replaced or missing objects, unknown entry types), 3 for
 * misuse. Never 0 in doubt.
 */
export async function auditVerify(args: readonly string[], io: CommandOutput): Promise<number> {
  const options = cloneOptions(args, { options: ["forge-keys", "mode", "pin", "since"] });
  if (typeof options === "string") {
    io.stderr(`${options}\nUsage: ${usage}\n`);
    return 3;
  }
  const forgeKeys = options.forgeKeys === null ? [] : await readForgeKeys(options.forgeKeys);
  if (typeof forgeKeys === "string") {
    io.stderr(`${forgeKeys}\nUsage: ${usage}\n`);
    return 3;
  }
  const bar = progressBar("entries", io.progress);
  const report = await readReport(options, forgeKeys, bar);
  bar.clear();
  if ("defects" in report) {
    const { defects } = report;
    const sentence = defects.map(({ detail }) => detail).join("; ");
    io.stderr(`${options.repo} could not be verified: ${sentence}\n`);
    if (options.json === "yes") io.stdout(`${JSON.stringify({ defects, exitCode: 2 })}\n`);
    return 2;
  }
  const exitCode = exitCodeOf(report);
  const checkpoint = exitCode === 0 ? checkpointText(report.heads) : null;
  io.stdout(
    options.json === "yes"
      ? `${JSON.stringify({ ...report, checkpoint, exitCode })}\n`
      : `${renderText(report)}${pinLines(checkpoint)}`,
  );
  return exitCode;
}

/** What is not verified is not pinned. */
function pinLines(checkpoint: string | null): string {
  if (checkpoint === null) return "";
  return `Keep this, and give it to the next audit, so that a cut ledger is seen:\n  --pin ${checkpoint}\n`;
}

/** Why nothing can be said about a clone. */
interface Unverifiable {
  readonly defects: readonly { readonly code: string; readonly detail: string }[];
}

async function readReport(
  { repo, root, now, pins, mode, since }: CloneOptions,
  forgeKeys: readonly ForgeKey[],
  bar: ProgressBar,
): Promise<AuditReport | Unverifiable> {
  try {
    const [mirror, store] = [await openClone(repo), await openCloneLedger(repo)];
    return await verifyAudit({
      ...{ mirror, store, expectedRoot: root, now, pins, forgeKeys, mode, since },
      onProgress: (read, all) => bar.show(read, all),
    });
  } catch (error) {
    if (error instanceof CloneUnfit) return { defects: error.defects };
    const code = codeOf(error);
    return { defects: [{ code, detail: error instanceof Error ? error.message : String(error) }] };
  }
}

function codeOf(error: unknown): string {
  if (error instanceof LedgerRewritten) return "ledger-unreadable";
  if (error instanceof MirrorObjectMissing) return "object-missing";
  return "unreadable";
}

function exitCodeOf({ findings, doubts }: AuditReport): number {
  if (findings.length > 0) return 1;
  if (doubts.length > 0) return 2;
  return 0;
}
