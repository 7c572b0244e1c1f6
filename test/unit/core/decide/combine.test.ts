import { expect, it } from "vitest";
import { combine } from "../../../../src/core/decide/combine.ts";
import type { Finding, Outcome } from "../../../../src/core/model/finding.ts";

function found(...outcomes: readonly Outcome[]): readonly Finding[] {
  return outcomes.map((outcome) => ({ rule: "r", code: "SOD-R", outcome, reason: "", facts: [] }));
}

it.each<[readonly Outcome[], string]>([
  [[], "denied"],
  [["satisfied"], "approved"],
  [["satisfied", "pending"], "pending"],
  [["pending", "violated"], "denied"],
  [["satisfied", "indeterminate"], "denied"],
  [["pending", "indeterminate"], "denied"],
])("combines %j to %s", (outcomes, verdict) => {
  expect(combine(found(...outcomes))).toBe(verdict);
});

it("denies an outcome that it does not know", () => {
  expect(combine(found("satisfied", "probably" as Outcome))).toBe("denied");
});
