import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseGovernance } from "../../../../src/core/parse/parse-governance.ts";
import { exampleFiles } from "../../../cases/parse/example.ts";

describe("parseGovernance", () => {
  test("gives the example organisation", () => {
    const parsed = parseGovernance(exampleFiles);
    const governance = parsed.ok ? parsed.value : null;
    expect(governance?.people.map(({ name }) => name)).toHaveLength(17);
    expect(governance?.machines.map(({ name, owner }) => [name, owner])).toEqual([
      ["settlement-bot", "alice"],
      ["countersign-gate", "dave"],
      ["countersign-executor", "mike"],
    ]);
    expect(governance?.targets.map(({ metadata }) => metadata.name)).toEqual([
      "analytics-db",
      "payments-db",
    ]);
    expect(governance?.policies.map(({ metadata }) => metadata.name)).toEqual([
      "break-glass",
      "low-risk",
      "privileged",
      "standard",
    ]);
    expect(governance?.governancePolicy.spec.approvals.all).toEqual([
      { role: "policy-admin", count: 2 },
    ]);
    expect(governance?.conflicts).toHaveLength(1);
    expect(governance?.trustRoot.repository).toEqual({ id: 700_001, governedBranch: "main" });
    expect(governance?.roles.sections.map(({ role }) => role)).toEqual([
      "approver",
      "approver.substitute",
      "control",
      "break-glass",
      "rescue",
      "cancel",
      "post-reviewer",
      "policy-admin",
    ]);
  });

  test("the order of the files never matters", () => {
    const parsed = parseGovernance(exampleFiles);
    const reversed = parseGovernance([...exampleFiles].reverse());
    expect(reversed.ok).toBe(parsed.ok);
    expect(reversed.ok && reversed.value.trustRoot).toEqual(parsed.ok && parsed.value.trustRoot);
  });

  test("without any one of its files there is no governance, or less of it", () => {
    for (const { path } of exampleFiles) {
      const parsed = parseGovernance(exampleFiles.filter((file) => file.path !== path));
      if (!path.includes("/policy/")) expect({ path, ok: parsed.ok }).toEqual({ path, ok: false });
    }
  });

  test.each(["README.md", "access-requests/payments-db/a.yaml", "", "governance/../x"])(
    "a file from elsewhere is an error: %j",
    (path) => {
      const parsed = parseGovernance([...exampleFiles, { path, mode: "100644", text: "" }]);
      expect(parsed).toMatchObject({ ok: false, problems: [{ path, code: "unknown-file" }] });
    },
  );

  test("never throws, whichever file is damaged", () => {
    const damage = fc.record({
      file: fc.nat({ max: exampleFiles.length - 1 }),
      from: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat({ max: 40 }),
      inserted: fc.string({ unit: "binary", maxLength: 8 }),
    });
    fc.assert(
      fc.property(damage, ({ file, from, length, inserted }) => {
        const files = exampleFiles.map((one, index) => {
          const at = Math.floor(one.text.length * from);
          const text = one.text.slice(0, at) + inserted + one.text.slice(at + length);
          return index === file ? { ...one, text } : one;
        });
        const parsed = parseGovernance(files);
        expect(parsed.ok || parsed.problems.length > 0).toBe(true);
      }),
      { numRuns: 50 },
    );
  }, 60_000);
});
