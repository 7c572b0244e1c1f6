import { openCloneLedger } from "../../adapters/git/git-ledger-store.ts";
import { openClone } from "../../adapters/git/git-mirror.ts";
import type { AuditReport } from "../../audit/audit-report.ts";
import { renderText } from "../../audit/render-text.ts";
import { verifyAudit } from "../../audit/verify-audit.ts";
import type { ForgeKey } from "../../core/attest/openpgp/verify-detached.ts";
import { cloneOptions } from "../clone-options.ts";
import type { CloneOptions } from "../clone-options.ts";
import type { CommandOutput } from "../command.ts";
import { readForgeKeys } from "../read-forge-keys.ts";

const usage =
  "countersign audit verify [--repo .] --root sha256:… [--forge-keys FILE] [--now 2026-11-21T10:00:00Z] [--json]";

/**
 * Verifies the evidence in a clone, offline. Returns 0 when everything holds, 1 for any finding, 2 when the
 * clone does not allow an answer (shallow, partial, replaced or missing objects, unknown entry types), 3 for
 * misuse. Never 0 in doubt.
 */
export async function auditVerify(args: readonly string[], io: CommandOutput): Promise<number> {
  const options = cloneOptions(args, { options: ["forge-keys"] });
  if (typeof options === "string") {
    io.stderr(`${options}\nUsage: ${usage}\n`);
    return 3;
  }
  const forgeKeys = options.forgeKeys === null ? [] : await readForgeKeys(options.forgeKeys);
  if (typeof forgeKeys === "string") {
    io.stderr(`${forgeKeys}\nUsage: ${usage}\n`);
    return 3;
  }
  const report = await readReport(options, forgeKeys);
  if (typeof report === "string") {
    io.stderr(`${options.repo} could not be verified: ${report}\n`);
    return 2;
  }
  const exitCode = exitCodeOf(report);
  io.stdout(
    options.json === "yes" ? `${JSON.stringify({ ...report, exitCode })}\n` : renderText(report),
  );
  return exitCode;
}

async function readReport(
  { repo, root, now }: CloneOptions,
  forgeKeys: readonly ForgeKey[],
): Promise<AuditReport | string> {
  try {
    const [mirror, store] = [await openClone(repo), await openCloneLedger(repo)];
    return await verifyAudit({ mirror, store, expectedRoot: root, now, forgeKeys });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function exitCodeOf({ findings, doubts }: AuditReport): number {
  if (findings.length > 0) return 1;
  if (doubts.length > 0) return 2;
  return 0;
}
