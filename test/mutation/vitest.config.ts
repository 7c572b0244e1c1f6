import { defineConfig } from "vitest/config";

/**
 * The tests that say what a decision is, for `npm run mutation`. The properties in `test/unit/core/decide` are left out: each
 * decides thousands of snapshots, which is too much to do again for every mutant.
 */
export default defineConfig({
  test: {
    include: ["test/{attacks,cases}/**/*.test.ts", "test/unit/core/{decide,evaluate}/**/*.test.ts"],
    exclude: ["test/unit/core/decide/{invariance,properties,small-world}.test.ts"],
    testTimeout: 30_000,
  },
});
