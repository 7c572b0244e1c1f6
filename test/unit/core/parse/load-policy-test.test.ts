import { expect, it } from "vitest";
import { loadPolicyTest } from "../../../../src/core/parse/load-policy-test.ts";

const text = `apiVersion: countersign/v1
kind: PolicyTest
spec: { cases: [{ note: something, given: {}, want: { verdict: pending } }] }
`;
const table = (number: number) => ({
  path: `governance/policy/x${number}.test.yaml`,
  mode: "100644",
  text,
});

it("remembers what a text read as, by path, until there are too many", () => {
  const first = loadPolicyTest(table(0));
  expect(first.ok).toBe(true);
  expect(loadPolicyTest(table(0))).toBe(first);
  expect(loadPolicyTest({ ...table(0), text: `${text}\n` })).not.toBe(first);
  for (let number = 1; number <= 64; number += 1) loadPolicyTest(table(number));
  expect(loadPolicyTest(table(64))).toBe(loadPolicyTest(table(64)));
  expect(loadPolicyTest(table(0))).not.toBe(first);
  expect(loadPolicyTest(table(0))).toEqual(first);
});
