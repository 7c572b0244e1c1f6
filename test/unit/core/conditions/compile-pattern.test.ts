import { parse } from "@marcbachmann/cel-js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePattern } from "../../../../src/core/conditions/compile-pattern.ts";
import { anyText } from "../../../support/conditions/any-text.ts";

const quoted = (text: string) =>
  `"${text.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\r", "\\r")}"`;
const compile = (pattern: string) => compilePattern(parse(quoted(pattern)).ast);
const message = (pattern: string) => {
  const compiled = compile(pattern);
  return compiled.ok ? null : compiled.message;
};
const isFound = (pattern: string, text: string) => {
  const compiled = compile(pattern);
  return compiled.ok && compiled.pattern.isFoundIn(text);
};

describe("compilePattern", () => {
  test.each([
    ["b+", "abbc", true],
    ["^b", "abbc", false],
    ["^(CHG|INC)-[0-9]{4,}$", "INC-10422", true],
    ["^(CHG|INC)-[0-9]{4,}$", "INC-104", false],
    ["(?i)störung", "STÖRUNG", true],
    ["[äöü]", "für", true],
    ["\\bok\\b", "is ok.", true],
    ["(a+)+$", `${"a".repeat(2_000)}b`, false],
    ["", "", true],
  ])("%s in %s: %s", (pattern, text, found) => {
    expect(isFound(pattern, text)).toBe(found);
  });

  test.each([
    ["(", "The pattern is no RE2 pattern"],
    ["(a)\\1", "The pattern is no RE2 pattern"],
    ["(?=a)", "The pattern is no RE2 pattern"],
    ["(?<=a)b", "The pattern is no RE2 pattern"],
    ["\\pL", "The pattern is no RE2 pattern"],
    ["\\p{Greek}", "The pattern is no RE2 pattern"],
    ["a{1001}", "multiply to too much"],
    ["a{2,400}", "multiply to too much"],
    ["(a{10}){20}", "multiply to too much"],
    ["((((a{9}){9}){9}){9})", "multiply to too much"],
    ["a{99999999999999999999999}", "multiply to too much"],
    ["a".repeat(101), "longer than 100 characters"],
    ["[a-\u{1F600}]", "beyond ASCII"],
    ["[a-é]", "beyond ASCII"],
    ["[a-\\é]", "beyond ASCII"],
    ["\\x{10FFFF}", "beyond ASCII"],
    ["a{200}", "too large"],
  ])("refuses %s", (pattern, why) => {
    expect(message(pattern)).toContain(why);
  });

  test.each(["a".repeat(100), "a{198}", "(a{5}){10}", "[{285}]"])(
    "permits %s at the limit",
    (pattern) => {
      expect(message(pattern)).toBeNull();
    },
  );

  test("refuses what is no literal", () => {
    const why = { ok: false, message: "The pattern is not a text in quotes." };
    expect(compilePattern(parse("1").ast)).toMatchObject(why);
    expect(compilePattern(parse("x").ast)).toMatchObject(why);
    expect(compilePattern(undefined)).toMatchObject(why);
  });

  test("never throws, whatever the pattern", () => {
    const signs = fc.constantFrom(...Array.from("ab.*+?()[]{}|^$\\-,0129ü\u{1F600}"));
    const patterns = fc.oneof(
      anyText(60),
      fc.array(signs, { maxLength: 40 }).map((parts) => parts.join("")),
    );
    const text = anyText(30);
    const answers = (pattern: string, input: string) =>
      typeof isFound(pattern, input) === "boolean";
    fc.assert(fc.property(patterns, text, answers), { numRuns: 500 });
  });

  test("finds what JavaScript finds", () => {
    const part = fc.constantFrom("a", "b", ".", "[ab]", "(?:a|bb)", "a*", "b+?", "^", "$", "c?");
    const patterns = fc.array(part, { minLength: 1, maxLength: 8 });
    const texts = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 12 });
    fc.assert(
      fc.property(patterns, texts, (parts, letters) => {
        const [pattern, text] = [parts.join(""), letters.join("")];
        expect(isFound(pattern, text)).toBe(new RegExp(pattern).test(text));
      }),
      { numRuns: 500 },
    );
  });
});
