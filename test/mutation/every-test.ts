import { beforeEach } from "vitest";

/**
 * Makes every test run for every mutant. Core remembers what it was asked before, so that often only the first test that needs
 * an answer is seen to reach the code that gives it, and Stryker would ask no other.
 */
beforeEach(() => {
  const stryker: unknown = Reflect.get(globalThis, "__stryker__");
  if (typeof stryker === "object" && stryker !== null) {
    Reflect.set(stryker, "currentTestId", undefined);
  }
});
