import type { Governance } from "../../core/model/governance.ts";
import type { Problem } from "../../core/model/problem.ts";
import { checkKnown } from "../../core/parse/governance-checks/check-known.ts";
import type { Use } from "../../core/parse/governance-checks/check-known.ts";
import { problemAt } from "../../core/parse/strict-yaml.ts";
import type { StrictDocument } from "../../core/parse/strict-yaml.ts";
import type { Place } from "../../core/parse/yaml-node.ts";

/** A decision table while it is read: problems are gathered, so that its author sees all of them at once. */
export interface TableReader {
  readonly document: StrictDocument;
  readonly governance: Governance;
  report(
    pointer: string,
    part: keyof Place,
    fault: Pick<Problem, "code" | "message" | "fix">,
  ): void;
  /** Takes over problems that were found otherwise. */
  reportAll(problems: readonly Problem[]): void;
  /** Reports a name that governance does not know. */
  requireKnown(use: Use, known: readonly string[], what: string): void;
  /** What was reported, each once and in the order of the file. */
  problems(): readonly Problem[];
}

/** Begins to read a table. */
export function tableReader(document: StrictDocument, governance: Governance): TableReader {
  const found = new Map<string, Problem>();
  // A fault of the table's own request would otherwise come back with every case.
  const add = (problem: Problem): void => {
    found.set(`${problem.line}:${problem.column} ${problem.message}`, problem);
  };
  return {
    document,
    governance,
    report: (pointer, part, fault) => add(problemAt(document, pointer, part, fault)),
    reportAll: (problems) => problems.forEach(add),
    requireKnown: (use, known, what) => checkKnown(document, [use], known, what).forEach(add),
    problems: () => [...found.values()].sort((a, b) => a.line - b.line || a.column - b.column),
  };
}
