/**
 * Mutates what decides and asks whether a test notices. Not part of the pipeline: it takes long, and what is left over needs a
 * person to read it. docs/mutation.md says how to run it and what survives.
 *
 * @type {import("@stryker-mutator/api/core").PartialStrykerOptions}
 */
export default {
  mutate: ["src/core/evaluate/**/*.ts", "src/core/decide/**/*.ts"],
  testRunner: "vitest",
  vitest: { configFile: "test/mutation/vitest.config.ts", related: false },
  plugins: ["@stryker-mutator/vitest-runner", "./test/mutation/sentences.ts"],
  // Of texts only sentences are left out, not StringLiteral as a whole: the codes in them are what a refusal is known by.
  ignorers: ["sentences"],
  // test/mutation/every-test.ts says why every test is run all the same, and so no result of an earlier run may be reused.
  coverageAnalysis: "perTest",
  concurrency: 2,
  thresholds: { high: 95, low: 90, break: 90 },
  reporters: ["clear-text", "progress-append-only", "json"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, skipFull: true },
  jsonReporter: { fileName: ".stryker/report.json" },
  tempDirName: ".stryker/sandbox",
  ignorePatterns: [".sandbox", ".countersign", "coverage", "bench"],
};
