import { describe, expect, test } from "vitest";
import { compilePattern, matchesPath } from "../../../src/core/parse/codeowners-pattern.ts";
import { table } from "./example.ts";

interface Case {
  readonly pattern: string;
  readonly yes?: readonly string[];
  readonly no?: readonly string[];
  readonly fault?: string;
}

describe("CODEOWNERS patterns", () => {
  test.each(table("patterns") as readonly Case[])("$pattern", ({ pattern, yes, no, fault }) => {
    const compiled = compilePattern(pattern);
    expect(compiled.ok ? undefined : compiled.fault.code).toBe(fault);
    const segments = compiled.ok ? compiled.segments : [];
    const matched = [...(yes ?? []), ...(no ?? [])].filter((path) => matchesPath(segments, path));
    expect(matched).toEqual(yes ?? []);
  });
});
