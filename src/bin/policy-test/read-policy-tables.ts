import type { Governance } from "../../core/model/governance.ts";
import type { Parsed, Problem } from "../../core/model/problem.ts";
import type { GovernanceFile } from "../../core/model/snapshot.ts";
import { checkUnique } from "../../core/parse/governance-checks/check-unique.ts";
import { loadGovernance } from "../../core/parse/governance-documents.ts";
import type { Loaded } from "../../core/parse/load-document.ts";
import { parseGovernance } from "../../core/parse/parse-governance.ts";
import { positionAt } from "../../core/parse/position.ts";
import type { PolicyCase, PolicyTable } from "./policy-table.ts";
import { readHypothesis } from "./read-hypothesis.ts";
import { readWant } from "./read-want.ts";
import { tableReader } from "./table-reader.ts";
import type { TableReader } from "./table-reader.ts";

/** The decision tables beside the policies, with the governance that they are about. */
export interface PolicyTables {
  readonly governance: Governance;
  readonly tables: readonly PolicyTable[];
}

/** Reads the decision tables among the files of `governance/`; one fault in one file, and none is read. */
export function readPolicyTables(files: readonly GovernanceFile[]): Parsed<PolicyTables> {
  const governance = parseGovernance(files);
  if (!governance.ok) return governance;
  const loaded = loadGovernance(files);
  if (!loaded.ok) return loaded;
  const read = loaded.value.policyTests.map((one) => readTable(one, governance.value));
  const problems = read.flatMap((table) => (table.ok ? [] : table.problems));
  if (problems.length > 0) return { ok: false, problems };
  const tables = read.flatMap((table) => (table.ok ? [table.value] : []));
  return { ok: true, value: { governance: governance.value, tables } };
}

function readTable(loaded: Loaded<"PolicyTest">, governance: Governance): Parsed<PolicyTable> {
  const { document, value } = loaded;
  const reader = tableReader(document, governance);
  reader.reportAll(repeatedNotes(loaded));
  const cases = value.spec.cases.flatMap((_, index) => readCase(reader, loaded, index) ?? []);
  const problems = reader.problems();
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { path: document.path, cases } };
}

function repeatedNotes({ document, value }: Loaded<"PolicyTest">): readonly Problem[] {
  const notes = value.spec.cases.map(({ note }, index) => ({
    name: note,
    pointer: `/spec/cases/${index}/note`,
  }));
  return checkUnique(document, notes, "case");
}

function readCase(
  reader: TableReader,
  { document, value }: Loaded<"PolicyTest">,
  index: number,
): PolicyCase | null {
  const pointer = `/spec/cases/${index}`;
  const row = value.spec.cases[index];
  if (row === undefined) return null;
  const given = readHypothesis(reader, {
    base: value.spec.request ?? {},
    given: row.given,
    pointer,
  });
  const want = readWant(reader, row, pointer);
  if (given === null) return null;
  const offset = document.places.get(pointer)?.value ?? 0;
  return { note: row.note, place: positionAt(document.text, offset), given, want };
}
