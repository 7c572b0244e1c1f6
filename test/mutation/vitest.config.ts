import { defineConfig } from "vitest/config";

/**
 * The tests that say what a decision is, for `npm run mutation`. The properties in `test/unit/core/decide` are left out: each
 * decides thousands of snapshots, which is too much to do again for every mutant. So are the tests of texts alone.
 */
export default defineConfig({
  test: {
    include: [
      "test/cases/decide.test.ts",
      "test/attacks/*.test.ts",
      "test/unit/core/{decide,evaluate}/**/*.test.ts",
    ],
    exclude: [
      "test/attacks/{attack-table,h-yaml}.test.ts",
      "test/unit/core/decide/{invariance,properties,small-world}.test.ts",
    ],
    setupFiles: ["test/mutation/every-test.ts"],
    // One worker with one copy of the modules a mutant: a fresh one a file takes three times as long.
    isolate: false,
    testTimeout: 30_000,
  },
});
