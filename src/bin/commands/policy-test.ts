import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import type { Problem } from "../../core/model/problem.ts";
import type { GovernanceFile } from "../../core/model/snapshot.ts";
import type { Command } from "../command.ts";
import { readGovernedTree } from "../governed-tree.ts";
import { readPolicyTables } from "../policy-test/read-policy-tables.ts";
import type { PolicyTables } from "../policy-test/read-policy-tables.ts";
import { renderResults } from "../policy-test/render-results.ts";
import type { TableResult } from "../policy-test/render-results.ts";
import { runPolicyCase } from "../policy-test/run-policy-case.ts";
import { problemText } from "../problem-text.ts";
import { StartRefused } from "../start-refused.ts";

/**
 * Runs the decision tables beside the policies of a working tree: `policy test [--repo DIR] [--json]`. Returns 0 when every
 * case is decided as wanted, 1 when one is not or a file does not parse, 2 when there is no table, because then nothing was
 * tested, 3 for misuse.
 */
export const policyTest: Command = async (args, io) => {
  const { repo, json } = readOptions(args);
  const { root, files } = await readGovernedTree(repo);
  const read = readPolicyTables(files);
  if (!read.ok) {
    const shown = read.problems.map((problem) => problemText(root, problem)).join("");
    io.stdout(json ? inJson({ problems: read.problems, tables: [] }) : shown);
    return 1;
  }
  const tables = run(read.value, files);
  if (json) io.stdout(inJson({ problems: [], tables }));
  if (tables.length === 0) {
    io.stderr("There is no governance/policy/<name>.test.yaml, so nothing was tested.\n");
    return 2;
  }
  if (!json) io.stdout(renderResults(tables, (path) => relative("", join(root, path))));
  return tables.every(isAsWanted) ? 0 : 1;
};

function run(
  { governance, tables }: PolicyTables,
  files: readonly GovernanceFile[],
): readonly TableResult[] {
  return tables.map(({ path, cases }) => ({
    path,
    results: cases.map((one) => runPolicyCase({ files, governance }, one)),
  }));
}

function isAsWanted({ results }: TableResult): boolean {
  return results.every(({ differences }) => differences.length === 0);
}

interface Report {
  readonly problems: readonly Problem[];
  readonly tables: readonly TableResult[];
}

function inJson({ problems, tables }: Report): string {
  const shown = tables.map(({ path, results }) => ({
    path,
    cases: results.map(({ tested, decision, differences }) => ({
      note: tested.note,
      line: tested.place.line,
      ok: differences.length === 0,
      differences,
      verdict: decision.verdict,
      findings: decision.findings,
      reviews: decision.reviews,
    })),
  }));
  const ok = problems.length === 0 && tables.length > 0 && tables.every(isAsWanted);
  return `${JSON.stringify({ ok, problems, tables: shown }, null, 2)}\n`;
}

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        repo: { type: "string", default: "." },
        json: { type: "boolean", default: false },
      },
    }).values;
  } catch (cause) {
    throw new StartRefused(cause instanceof Error ? cause.message : "", { cause });
  }
}
