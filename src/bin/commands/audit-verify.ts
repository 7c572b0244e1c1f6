import { parseArgs } from "node:util";

import { openCloneLedger } from "../../adapters/git/git-ledger-store.ts";
import { openClone } from "../../adapters/git/git-mirror.ts";
import type { AuditReport } from "../../audit/audit-report.ts";
import { renderText } from "../../audit/render-text.ts";
import { verifyAudit } from "../../audit/verify-audit.ts";
import type { CommandOutput } from "../command.ts";
import { isRootHash, rootMissing } from "../root-option.ts";

const usage =
  "countersign audit verify [--repo .] --root sha256:… [--now 2026-11-21T10:00:00Z] [--json]";

/**
 * Verifies the evidence in a clone, offline. Returns 0 when everything holds, 1 for any finding, 2 when the
 * clone does not allow an answer (shallow, partial, replaced or missing objects, unknown entry types), 3 for
 * misuse. Never 0 in doubt.
 */
export async function auditVerify(args: readonly string[], io: CommandOutput): Promise<number> {
  const options = readOptions(args);
  if (typeof options === "string") {
    io.stderr(`${options}\nUsage: ${usage}\n`);
    return 3;
  }
  const report = await readReport(options);
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

interface Options {
  readonly repo: string;
  readonly root: string;
  readonly now: Date;
  readonly json: "yes" | "no";
}

async function readReport({ repo, root, now }: Options): Promise<AuditReport | string> {
  try {
    const [mirror, store] = [await openClone(repo), await openCloneLedger(repo)];
    return await verifyAudit({ mirror, store, expectedRoot: root, now });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function exitCodeOf({ findings, doubts }: AuditReport): number {
  if (findings.length > 0) return 1;
  if (doubts.length > 0) return 2;
  return 0;
}

function readOptions(args: readonly string[]): Options | string {
  const parsed = parse(args);
  if (typeof parsed === "string") return parsed;
  const { repo, root, now, json } = parsed;
  if (!isRootHash(root)) return rootMissing;
  const instant = now === undefined ? new Date() : new Date(now);
  const isInstant = now === undefined || /^\d{4}-\d\d-\d\dT[\d:.]+Z$/u.test(now);
  if (!isInstant || Number.isNaN(instant.getTime())) {
    return "--now must be an instant in UTC such as 2026-11-21T10:00:00Z.";
  }
  return { repo, root, now: instant, json: json ? "yes" : "no" };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        repo: { type: "string", default: "." },
        root: { type: "string" },
        now: { type: "string" },
        json: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
