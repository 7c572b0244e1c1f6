// Adds up vitest's JSON reports and the demo's steps, and prints the one closing line of `.ci/run`.
import { readFileSync } from "node:fs";

let passed = 0;
let failed = 0;
for (const path of process.argv.slice(2)) {
  const report = JSON.parse(readFileSync(path, "utf8"));
  if (Array.isArray(report.steps)) {
    passed += report.steps.filter((step) => step.ok).length;
    failed += report.steps.filter((step) => !step.ok).length;
  } else {
    passed += report.numPassedTests;
    failed += report.numFailedTests + report.numPendingTests + report.numTodoTests;
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
