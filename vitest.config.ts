import { defineConfig } from "vitest/config";

const slow = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    // The end-to-end tests mostly wait; beside them the others have a core of their own.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/{unit,cases,attacks}/**/*.test.ts"],
          testTimeout: 30_000,
        },
      },
      { test: { name: "contract", include: ["test/contract/**/*.test.ts"], ...slow } },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          // Two worlds of processes at a time, on a machine that may be busy with others.
          env: { COUNTERSIGN_PATIENCE: "3" },
        },
      },
      // Needs servers that `.ci/run` installs; `npm test` leaves it out by name, never by a silent skip.
      { test: { name: "servers", include: ["test/servers/**/*.test.ts"], ...slow } },
    ],
    // Measured by `npm run coverage` alone. A branch that no test can reach is a type to tighten, never a comment to ignore it.
    coverage: {
      provider: "v8",
      include: ["src/core/**"],
      reporter: [["text", { skipFull: true }], "text-summary"],
      thresholds: { branches: 100 },
    },
  },
});
