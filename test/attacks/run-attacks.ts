/**
 * Runs every test of an attack and prints what became of it: `npm run attacks`, or `npm run attacks -- --unit` without
 * those that need the built commands and take longer. Exits 1 unless every attack was refused and every required id has a test.
 */
import { relative } from "node:path";
import { startVitest } from "vitest/node";
import type { Reporter, TestCase, TestModule, TestSuite } from "vitest/node";
import { attackTable } from "./attack-table.ts";
import type { AttackRow } from "./attack-table.ts";
import { requiredAttacks } from "./required-attacks.ts";

const unitOnly = process.argv.slice(2).includes("--unit");
const rows: AttackRow[] = [];
const failures: string[] = [];

const collector: Reporter = {
  onTestModuleStart: (module) => progress(`running ${relative(process.cwd(), module.moduleId)}`),
  onTestCaseResult(test) {
    if (isOfAttack(test)) rows.push(rowOf(test));
    fail(test.fullName, test.result().errors);
  },
  onTestSuiteResult: (suite: TestSuite) => fail(suite.fullName, suite.errors()),
  onTestModuleEnd: (module: TestModule) => fail(module.moduleId, module.errors()),
  onTestRunEnd: (_, errors) => fail("outside of every test", errors),
};

const vitest = await startVitest(["test/attacks/", "test/e2e/attacks"], {
  ...{ watch: false, passWithNoTests: false, reporters: [collector] },
  project: unitOnly ? ["unit"] : ["unit", "e2e"],
});
await vitest.close();

const { lines, outcome } = attackTable(rows, requiredAttacks);
process.stdout.write(`${lines.join("\n")}\n`);
for (const failure of failures) progress(failure);
process.exitCode = outcome === "all-refused" && failures.length === 0 ? 0 : 1;

function isOfAttack(test: TestCase): boolean {
  return test.meta().attack !== undefined || test.project.name === "e2e";
}

/** An end-to-end test that records nothing is still shown, by the id at the beginning of its name. */
function rowOf(test: TestCase): AttackRow {
  const where = test.project.name;
  const recorded = test.meta().attack;
  const passed = test.result().state === "passed";
  if (recorded !== undefined) {
    return { ...recorded, where, refused: passed ? recorded.refused : "no" };
  }
  const [, ids = "", title = test.name] =
    /^((?:[A-K]\d+(?:, | )?)+):? (.*)$/u.exec(test.name) ?? [];
  const id = ids === "" ? "-" : (/[A-K]\d+/u.exec(ids)?.[0] ?? "-");
  return { id, title, where, refused: passed ? "yes" : "no", code: null };
}

function fail(
  what: string,
  errors: readonly { readonly message?: string | undefined }[] | undefined,
): void {
  for (const { message } of errors ?? []) failures.push(`FAILED ${what}: ${message ?? "unknown"}`);
}

function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}
