import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";

import { neutralText } from "../../../../src/core/render/neutral-text.ts";

const joiner = "\u2060";

/** What a reader sees of it: escapes and entities resolved, invisible characters gone. */
function shown(markdown: string): string {
  const entities = new Map([
    ["&lt;", "<"],
    ["&gt;", ">"],
    ["&amp;", "&"],
  ]);
  return markdown
    .replace(/\\[!-/:-@[-`{-~]|&(?:lt|gt|amp);/gu, (found) => entities.get(found) ?? found.slice(1))
    .replaceAll(joiner, "");
}

/** Characters that still mean something to Markdown: active, and not behind a backslash. */
function active(markdown: string): string {
  return markdown
    .replace(/\\[!-/:-@[-`{-~]|&(?:lt|gt|amp);/gu, "")
    .replace(/[^\\`*_{}[\]()<>#+!|~&$]/gu, "");
}

describe("neutralText", () => {
  test.each([
    ["a sentence", "Fix the stuck settlement batch 8841."],
    ["a path and a place", "access-requests/payments-db/a.yaml:10:11: no such target."],
    ["other scripts and symbols", "Zürich – 東京 – ça va? – 50 % = half – ✅"],
  ])("leaves %s as it is", (_, text) => {
    expect(neutralText(text)).toBe(text);
  });

  test.each([
    ["a mention", "ask @alice, @acme/risk and @here", /@[a-z]/u],
    ["a mention behind a backslash", "\\@alice", /@[a-z]/u],
    ["a link", "[click](https://evil.example)", /(?<!\\)[[\]()]|https:/u],
    ["an image", "![x](https://evil.example/x.png)", /(?<!\\)[!([]|https:/u],
    ["a bare address", "see HTTPS://evil.example and http://evil.example", /https?:/iu],
    ["an address in angle brackets", "<https://evil.example>", /[<>]|https:/u],
    ["a reference of a link", "[a]: https://evil.example", /(?<!\\)[[\]]|https:/u],
    ["HTML behind a backslash", "\\<b>", /[<>]/u],
    ["HTML", '<img src=x onerror="x"> <!-- </details>', /[<>]/u],
    ["an entity", "&lt;b&gt; &#64;alice &commat;alice", /&(?!amp;)|&amp;(?=amp)/u],
    ["the end of a table cell", "x | yes | **Approved** |", /(?<!\\)[|*]/u],
    ["the end of a table cell behind a backslash", "x \\| yes", /(?<!\\)(?:\\\\)*\|/u],
    ["the end of a table row", "x |\n| ✅ satisfied | a | b | c |", /\n|(?<!\\)\|/u],
    ["a heading", "# Approved\n## Approved\nApproved\n===", /\n|(?<!\\)#/u],
    ["a code fence", "```\nx\n```\n~~~\ny", /\n|(?<!\\)[`~]/u],
    ["a code span that swallows the rest", "`", /(?<!\\)`/u],
    ["emphasis and strikes", "**a** _b_ ~~c~~", /(?<!\\)[*_~]/u],
    ["an address without a scheme", "see www.evil.example or WWW.evil.example", /www\./iu],
    ["an address of another kind", "ftp://evil.example", /ftp:/u],
    ["a formula", "$\\color{red}{x}$ and $$y$$", /(?<!\\)\$/u],
    ["a list or a quote of its own", "a\n- b\n1. c\n> d", /\n/u],
    ["line ends of every kind", "a\rb\r\nc\vd\fe\u0085f", /[\r\n\v\f\u0085]/u],
  ])("takes its power from %s, and shows the same", (_, text, powerful) => {
    const neutral = neutralText(text);
    expect(neutral).not.toMatch(powerful);
    expect(active(neutral)).toBe("");
    expect(shown(neutral)).toBe(text.replace(/[\r\n\t]+/gu, " ").replace(/\p{Cc}/gu, ""));
  });

  test.each([
    ["right-to-left override", "approved \u202edeined\u202c", "approved deined"],
    ["isolates", "\u2066a\u2067b\u2068c\u2069", "abc"],
    ["marks of direction", "a\u200e\u200f\u061cb", "ab"],
    ["zero-width characters", "a\u200bl\u200ci\u200dc\u2060e\ufeff", "alice"],
    ["a mention cut by one", "@\u200balice", `@${joiner}alice`],
    ["soft hyphens", "al\u00adice", "alice"],
    ["tag characters", "a\u{e0041}\u{e0042}b", "ab"],
    ["control characters", "a\u0000b\u001b[31mc\u007f", "ab\\[31mc"],
  ])("drops %s", (_, text, expected) => {
    expect(neutralText(text)).toBe(expected);
  });

  it("cannot be led round by escapes that are there already", () => {
    for (const powerful of Array.from("`*_[]()<>#|~!{}+&$@")) {
      for (const backslashes of ["", "\\", "\\\\", "\\\\\\"]) {
        const neutral = neutralText(`${backslashes}${powerful}x`);
        expect(active(neutral)).toBe("");
        expect(neutral).not.toMatch(/[<>]|@x/u);
      }
    }
  });

  it("leaves nothing active in any text, and shows all of it but what is invisible", () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom(...Array.from("\\`*_{}[]()<>#+!|~&$@:\n\r\t-=.")),
        fc.constantFrom("http", "https:", "&amp;", "&lt;", "\u202e", "\u200b", "||", "```"),
        fc.string({ unit: "binary", minLength: 1, maxLength: 2 }),
      ),
    });
    fc.assert(
      fc.property(text, (given) => {
        const neutral = neutralText(given);
        expect(active(neutral)).toBe("");
        expect(neutral).not.toMatch(/[\r\n<>]|@(?!\u2060)|https?:/iu);
        const visible = given.replace(/[\r\n\t]+/gu, " ").replace(/[\p{Cc}\p{Cf}]/gu, "");
        expect(shown(neutral)).toBe(visible);
      }),
      { numRuns: 2000 },
    );
  });
});
