import { outcomeMarks } from "../../core/render/outcome-marks.ts";
import { terminalLines } from "../../core/render/terminal-lines.ts";
import { terminalText } from "../../core/render/terminal-text.ts";
import type { CaseResult } from "./run-policy-case.ts";

/** What became of the cases of one table. */
export interface TableResult {
  readonly path: string;
  readonly results: readonly CaseResult[];
}

/** Renders results for a terminal: a line a case, with the decision below one that is not as wanted; then the sum. */
export function renderResults(
  tables: readonly TableResult[],
  shownPath: (path: string) => string,
): string {
  const lines = tables.flatMap(({ path, results }) => {
    const shown = shownPath(path);
    return [shown, ...results.flatMap((result) => caseLines(result, shown)), ""];
  });
  return `${[...lines, sum(tables.flatMap(({ results }) => results))].join("\n")}\n`;
}

function caseLines({ tested, decision, differences }: CaseResult, path: string): readonly string[] {
  const note = terminalText(tested.note);
  if (differences.length === 0) return [`  ✔ ${note}`];
  const { line, column } = tested.place;
  return [
    `  ✘ ${note}`,
    `      ${path}:${line}:${column}`,
    ...differences.flatMap((difference) => terminalLines("      ", difference)),
    `      The decision is ${decision.verdict}:`,
    ...decision.findings.flatMap(({ outcome, code, reason }) =>
      terminalLines(`        ${outcomeMarks[outcome]} `, `${code}: ${reason}`),
    ),
    ...decision.reviews.flatMap(({ login, state, code, reason }) =>
      terminalLines(`        ${state} `, `by ${login}, ${code}: ${reason}`),
    ),
  ];
}

function sum(results: readonly CaseResult[]): string {
  const failed = results.filter(({ differences }) => differences.length > 0).length;
  if (failed === 0) return `All ${results.length} cases are decided as wanted.`;
  return `${failed} of ${results.length} cases ${failed === 1 ? "is" : "are"} not decided as wanted.`;
}
