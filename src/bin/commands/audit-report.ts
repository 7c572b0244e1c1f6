import { writeFile } from "node:fs/promises";
import { openCloneLedger } from "../../adapters/git/git-ledger-store.ts";
import { openClone } from "../../adapters/git/git-mirror.ts";
import { buildReport } from "../../audit/report/build-report.ts";
import type { PeriodReport } from "../../audit/report/model.ts";
import { renderCsv } from "../../audit/report/render-csv.ts";
import { renderHtml } from "../../audit/report/render-html.ts";
import { renderJson } from "../../audit/report/render-json.ts";
import { verifyEvidence } from "../../audit/verify-audit.ts";
import type { Command, CommandOutput } from "../command.ts";
import { periodFrom, reportOptions } from "../report-options.ts";
import type { ReportFormat, ReportOptions } from "../report-options.ts";
import { readForgeKeys } from "../read-forge-keys.ts";
import { StartRefused } from "../start-refused.ts";

const usage =
  "countersign audit report [--repo .] --root sha256:… [--from 2026-10-01] [--to 2026-12-31] [--pin CHECKPOINT] [--forge-keys FILE] [--now …] [--format html|csv|json] [--out FILE]";

/**
 * Verifies the evidence in a clone, offline, and writes the report of a period. Returns 0 when everything holds; 1 when there are
 * findings, which the report shows first; 2 without a report when the clone could not be verified completely; 3 for misuse, such
 * as an output file that exists: an old report must not pass for a new one.
 */
export const auditReport: Command = async (args, io) => {
  const options = reportOptions(args);
  if (typeof options === "string") {
    io.stderr(`${options}\nUsage: ${usage}\n`);
    return 3;
  }
  const report = await readReport(options, io);
  if (report === null) return 2;
  await write(renderers[options.format](report), options.out, io);
  if (report.findings.length === 0) return 0;
  io.stderr(`NOT VERIFIED: ${report.findings.length} finding(s). See ${verifyCommand(options)}.\n`);
  return 1;
};

const renderers: Record<ReportFormat, (report: PeriodReport) => string> = {
  html: renderHtml,
  csv: renderCsv,
  json: renderJson,
};

/** A doubt leaves no report, also beside findings: numbers from half a record would look like the whole. */
async function readReport(options: ReportOptions, io: CommandOutput): Promise<PeriodReport | null> {
  const { repo, root, now, pins, forgeKeys: keyFile } = options.clone;
  const forgeKeys = keyFile === null ? [] : await readForgeKeys(keyFile);
  if (typeof forgeKeys === "string") throw new StartRefused(forgeKeys);
  const [mirror, store] = [await openClone(repo), await openCloneLedger(repo)];
  const { report, view } = await verifyEvidence({
    ...{ mirror, store, expectedRoot: root, now, pins, forgeKeys },
  });
  if (report.doubts.length === 0) {
    return buildReport(report, view, periodFrom(options, report.period?.from ?? null));
  }
  io.stderr(
    `${repo} could not be verified, so that there is no report: ${report.doubts.join(" ")} See ${verifyCommand(options)}.\n`,
  );
  return null;
}

async function write(text: string, out: string | null, io: CommandOutput): Promise<void> {
  if (out === null) {
    io.stdout(text);
    return;
  }
  try {
    await writeFile(out, text, { flag: "wx" });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartRefused(
      `the report was not written: ${reason}. Name a file that does not exist, in a folder that does.`,
      { cause },
    );
  }
}

function verifyCommand({ clone: { repo, root } }: ReportOptions): string {
  return `\`countersign audit verify --repo ${repo} --root ${root}\``;
}
