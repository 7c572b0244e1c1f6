import { expect, it } from "vitest";
import { checkConditions } from "../../../../../src/core/parse/governance-checks/check-conditions.ts";
import { loadGovernance } from "../../../../../src/core/parse/governance-documents.ts";
import { edited } from "../../../../support/snapshot/build-snapshot.ts";
import { exampleFiles } from "../../../../support/snapshot/example-files.ts";

it("a broken condition is refused though nothing says where it stands", () => {
  const path = "governance/policy/privileged.yaml";
  const loaded = loadGovernance(
    edited(exampleFiles, [{ path, from: "beneficiary.kind", to: "beneficary.kind" }]),
  );
  if (!loaded.ok) throw new Error("Only its condition is broken.");
  const policies = loaded.value.policies.map((policy) => ({
    ...policy,
    document: { ...policy.document, places: new Map() },
  }));
  const code = "broken-condition";
  expect(checkConditions(loaded.value)).toMatchObject([{ path, line: 29, code }]);
  expect(checkConditions({ ...loaded.value, policies })).toMatchObject([{ path, line: 1, code }]);
});
