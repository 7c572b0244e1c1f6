import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { roleNames } from "../../../../src/core/model/names.ts";
import { compilePattern, matchesPath } from "../../../../src/core/parse/codeowners-pattern.ts";
import { ownersOf, parseRoles } from "../../../../src/core/parse/roles.ts";

describe("ownersOf", () => {
  test("says the same of a path after thousands of others were asked about", () => {
    const parsed = parseRoles(
      "governance/ROLES",
      "[approver]\n/access-requests/a/ @acme/a\n/access-requests/b/ @acme/b\n",
    );
    if (!parsed.ok) throw new Error("the example does not parse");
    const slugs = (path: string) =>
      ownersOf(parsed.value, "approver", path).map((owner) => owner.kind === "team" && owner.slug);
    const [a, b] = ["access-requests/a/x.yaml", "access-requests/b/x.yaml"] as const;
    expect([slugs(a), slugs(b)]).toEqual([["a"], ["b"]]);
    for (let at = 0; at < 3_000; at += 1) {
      expect(slugs(`access-requests/c/${at}.yaml`)).toEqual([]);
    }
    expect([slugs(a), slugs(b)]).toEqual([["a"], ["b"]]);
  });
});

describe("parseRoles", () => {
  test("a file above 3 MB is an error, never silence (D4)", () => {
    const line = "/access-requests/payments-db/ @acme/payments-owners\n";
    const text = `[approver]\n${line.repeat(Math.ceil((3 * 1024 * 1024) / line.length))}`;
    expect(parseRoles("governance/ROLES", text)).toMatchObject({
      ok: false,
      problems: [{ code: "too-large" }],
    });
  });

  test.each([
    ["lines", "/a @acme/b\n".repeat(1_000)],
    ["sections", "[nobody]\n".repeat(1_000)],
    ["owners", `[approver]\n* ${"@ ".repeat(1_000)}\n* @\n`],
  ])("thousands of wrong %s are twenty problems", (_, text) => {
    const parsed = parseRoles("governance/ROLES", text);
    expect(parsed.ok ? 0 : parsed.problems.length).toBe(20);
  });

  test("never throws", () => {
    const parts = fc.constantFrom(
      "[approver]",
      "[",
      "]",
      "*",
      "**",
      "/",
      "@a",
      "@a/b",
      "#",
      "\\",
      "!",
    );
    const texts = fc.array(fc.oneof(parts, fc.constantFrom(" ", "\n", "\t"), fc.string()));
    fc.assert(
      fc.property(texts, (words) => {
        const parsed = parseRoles("governance/ROLES", words.join(""));
        expect(parsed.ok || parsed.problems.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("a role that no section names is held by nobody", () => {
    const parsed = parseRoles("governance/ROLES", "[approver]\n* @a\n");
    for (const role of roleNames) {
      const held = parsed.ok ? ownersOf(parsed.value, role, "any/path") : [];
      expect(held).toHaveLength(role === "approver" ? 1 : 0);
    }
  });

  test("a pattern made to backtrack ends all the same", () => {
    const compiled = compilePattern(`/${"**/*a*a*a*b/".repeat(12)}`);
    const path = `${"a".repeat(90)}/`.repeat(40);
    expect(matchesPath(compiled.ok ? compiled.segments : [], path)).toBe(false);
  });

  test("the pattern of a path without special characters matches that path and nothing beside it", () => {
    const name = fc.string({
      unit: fc.constantFrom("a", "b", "-", "_", ".", "0", "9"),
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), name, (parts, other) => {
        const path = parts.join("/");
        const compiled = compilePattern(`/${path}`);
        const segments = compiled.ok ? compiled.segments : [];
        expect(matchesPath(segments, path)).toBe(true);
        expect(matchesPath(segments, `${path}/${other}`)).toBe(true);
        expect(matchesPath(segments, `${path}${other}`)).toBe(false);
        expect(matchesPath(segments, `${other}/${path}`)).toBe(
          `${other}/${path}` === path || `${other}/${path}`.startsWith(`${path}/`),
        );
      }),
    );
  });
});
