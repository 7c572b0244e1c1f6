import { expect, test } from "vitest";
import type { GovernanceFile } from "../../../../src/core/model/snapshot.ts";
import { loadGovernance } from "../../../../src/core/parse/governance-documents.ts";
import { parseGovernance } from "../../../../src/core/parse/parse-governance.ts";
import { exampleFiles } from "../../../support/snapshot/example-files.ts";

const table = `apiVersion: countersign/v1
kind: PolicyTest
spec:
  cases:
    - { note: something, given: {}, want: { verdict: pending } }
`;
const policy = exampleFiles.find(({ path }) => path.endsWith("/standard.yaml"))?.text ?? "";

function problemsWith(path: string, text: string) {
  const files: readonly GovernanceFile[] = [...exampleFiles, { path, mode: "100644", text }];
  const parsed = parseGovernance(files);
  return parsed.ok
    ? []
    : parsed.problems.map(({ line, column, code, fix }) => ({
        at: `${line}:${column} ${code}`,
        fix,
      }));
}

test("decision tables are read beside the policies, and are no policies", () => {
  const loaded = loadGovernance(exampleFiles);
  const { policies = [], policyTests = [] } = loaded.ok ? loaded.value : {};
  expect(policies.map(({ value }) => value.metadata.name)).toEqual([
    "break-glass",
    "low-risk",
    "privileged",
    "standard",
  ]);
  expect(policyTests.map(({ document }) => document.path)).toEqual([
    "governance/policy/low-risk.test.yaml",
    "governance/policy/privileged.test.yaml",
    "governance/policy/standard.test.yaml",
  ]);
  expect(problemsWith("governance/policy/more.test.yaml", table)).toEqual([]);
});

test.each([
  [
    "a policy that is named as a table",
    "policy/x.test.yaml",
    policy,
    "2:7 wrong-kind",
    "rename the file",
  ],
  ["a table that is named as a policy", "policy/x.yaml", table, "2:7 wrong-kind", ".test.yaml"],
  ["a table among the targets", "targets/x.test.yaml", table, "2:7 wrong-kind", "kind: Target"],
  [
    "another kind that is named as a policy",
    "policy/x.yaml",
    "kind: Target",
    "1:7 wrong-kind",
    "AccessPolicy",
  ],
  ["nothing that is named as a policy", "policy/x.yaml", "", "1:1 wrong-kind", "AccessPolicy"],
  ["nothing that is named as a table", "policy/x.test.yaml", "", "1:1 wrong-kind", "PolicyTest"],
  ["a table of which no YAML can be read", "policy/x.test.yaml", "a: *x", "1:4 alias", "quote"],
  [
    "a table without a case",
    "policy/x.test.yaml",
    "apiVersion: countersign/v1\nkind: PolicyTest\nspec: { cases: [] }",
    "3:16 too-few",
    "at least 1",
  ],
  [
    "an unknown key of a case",
    "policy/x.test.yaml",
    table.replace("given: {}", "given: { approval: [bob] }"),
    "5:35 unknown-key",
    "approvals",
  ],
  [
    "an outcome that none has",
    "policy/x.test.yaml",
    table.replace("pending", "pending, findings: { SOD-REQUEST: ok }"),
    "5:88 wrong-value",
    "satisfied",
  ],
])("%s is an error", (_, path, text, at, fix) => {
  expect(problemsWith(`governance/${path}`, text)).toEqual([
    { at, fix: expect.stringContaining(fix) as string },
  ]);
});
