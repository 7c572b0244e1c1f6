import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json } from "../../../../src/core/model/json.ts";
import { parseStrictYaml, problemAt } from "../../../../src/core/parse/strict-yaml.ts";

const read = (source: string | Uint8Array, maxBytes = 10_000) =>
  parseStrictYaml("file.yaml", source, maxBytes);
const codes = (source: string | Uint8Array, maxBytes?: number) => {
  const parsed = read(source, maxBytes);
  return parsed.ok ? [] : parsed.problems.map(({ code }) => code);
};

describe("parseStrictYaml", () => {
  test("reads bytes and text alike", () => {
    const text = "a: [1, -2, 0, true, null, x, 'é']\n";
    const fromBytes = read(new TextEncoder().encode(text));
    expect(fromBytes).toEqual(read(text));
    expect(fromBytes.ok && fromBytes.value.value).toEqual({ a: [1, -2, 0, true, null, "x", "é"] });
  });

  test("gives objects that have nothing but what the file says", () => {
    const parsed = read("toString: { valueOf: x }\n");
    const value = parsed.ok ? parsed.value.value : [];
    expect(Object.getPrototypeOf(value)).toBeNull();
    expect(Object.values(value ?? []).map(Object.getPrototypeOf)).toEqual([null]);
  });

  test("notes where keys and values stand, by JSON pointer", () => {
    const parsed = read("a/b:\n  - c~d: x\n");
    const places = parsed.ok ? Object.fromEntries(parsed.value.places) : {};
    expect(places).toEqual({
      "": { key: 0, value: 0 },
      "/a~1b": { key: 0, value: 7 },
      "/a~1b/0": { key: 9, value: 9 },
      "/a~1b/0/c~0d": { key: 9, value: 14 },
    });
  });

  test("a place that the document does not have is its beginning", () => {
    const parsed = read("a: 1\n");
    const fault = { code: "x", message: "X.", fix: "Y." };
    expect(parsed.ok && problemAt(parsed.value, "/b", "key", fault)).toEqual({
      path: "file.yaml",
      line: 1,
      column: 1,
      ...fault,
    });
  });

  test("an empty document is nothing", () => {
    expect(read("# only a comment\n")).toMatchObject({ ok: true, value: { value: null } });
  });

  test("checks the size before the content, in bytes", () => {
    expect(codes("é".repeat(5), 10)).toEqual([]);
    expect(codes("é".repeat(5) + "x", 10)).toEqual(["too-large"]);
    expect(codes("a: &x *x".repeat(5), 10)).toEqual(["too-large"]);
    expect(codes(new Uint8Array(11).fill(0xff), 10)).toEqual(["too-large"]);
  });

  test.each([
    ["not UTF-8", [0x61, 0xff]],
    ["an overlong form", [0xc0, 0xaf]],
    ["an encoded surrogate", [0xed, 0xa0, 0x80]],
    ["a cut character", [0xc3]],
  ])("refuses bytes that are %s", (_, bytes) => {
    expect(codes(new Uint8Array(bytes))).toEqual(["not-utf8"]);
  });

  test("refuses a byte order mark in bytes", () => {
    expect(codes(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))).toEqual(["forbidden-character"]);
  });

  test("refuses half of a character in text", () => {
    expect(read("a: \ud800")).toMatchObject({ problems: [{ line: 1, column: 4 }] });
  });

  test.each([0x00, 0x07, 0x0b, 0x1b, 0x7f, 0x85, 0xad, 0x061c, 0x200b, 0x200f, 0x2028, 0x202e])(
    "refuses U+%s",
    (codePoint) => {
      expect(codes(`a: x${String.fromCodePoint(codePoint)}y`)).toEqual(["forbidden-character"]);
    },
  );

  test.each([0x2066, 0x2069, 0x2800, 0x3164, 0xe000, 0xfe0f, 0xfeff, 0xfffe, 0xe0041, 0x10ffff])(
    "refuses U+%s",
    (codePoint) => {
      expect(codes(`a: x${String.fromCodePoint(codePoint)}y`)).toEqual(["forbidden-character"]);
    },
  );

  test("says where, counting lines and columns from 1", () => {
    expect(read("a: 1\nbb: &x 2\n")).toEqual({
      ok: false,
      problems: [
        {
          path: "file.yaml",
          line: 2,
          column: 5,
          code: "anchor",
          message: "Anchors (`&name`) are not allowed.",
          fix: "Remove the anchor; quote a value that begins with `&`.",
        },
      ],
    });
  });

  test("what YAML marks is free inside quotes, comments and block scalars", () => {
    expect(codes("# &a *b !c --- %\na: '&x *y !z'\nb: |\n  --- &a\n  *b\nc: x&y*z!\n")).toEqual([]);
  });

  test("a hostile half megabyte is refused for its size alone", () => {
    expect(codes("[".repeat(500_000), 16_384)).toEqual(["too-large"]);
  });

  test.each(["[", "- ", "{a: ", "? ", "&a ", "*a ", "!!x ", "a: b: ", "%a\n", "--- \n"])(
    "a hostile file full of %j is refused with at most twenty problems",
    (part) => {
      const parsed = read(part.repeat(20_000), 256 * 1024);
      expect(parsed.ok ? 0 : parsed.problems.length).toBeGreaterThan(0);
      expect(parsed.ok ? 99 : parsed.problems.length).toBeLessThanOrEqual(20);
    },
  );

  test("thousands of duplicate keys are twenty problems", () => {
    expect(codes("a: 1\n".repeat(2_000), 100_000)).toHaveLength(20);
  });

  test("refuses more parts than five for eight bytes that are allowed, before it builds anything", () => {
    // The mark of the document, two brackets and a line end; each element has a mark and a comma.
    const list = (elements: number) => `[${"a,".repeat(elements)}]\n`;
    const lexemes = 4 + 3 * 112;
    expect(codes(list(112), (8 * lexemes) / 5)).toEqual([]);
    expect(codes(list(112), (8 * lexemes) / 5 - 1)).toEqual(["too-many-parts"]);
    expect(codes(list(113), (8 * lexemes) / 5)).toEqual(["too-many-parts"]);
    expect(read("- a\n- b\n".repeat(100), 800)).toMatchObject({
      problems: [{ line: 100, column: 4, code: "too-many-parts" }],
    });
  });

  test.each([
    ["commas", `[${",".repeat(999)}]`],
    ["lines that are no keys", `a: x\n${"x\n".repeat(999)}`],
    ["quotes", '"'.repeat(1_000)],
    ["closing brackets", "]".repeat(1_000)],
  ])("a file full of %s is one problem, the first", (_, text) => {
    expect(codes(text, 100_000)).toEqual(["broken-yaml"]);
  });

  test.each([
    ["out of order", "\u0301\u0323"],
    ["out of order at the end of a part", `${"\u0323".repeat(61)}\u0301\u0323`],
    ["that belongs to a letter far away", `${"\u0316".repeat(500)}\u0301`],
  ])("refuses a mark %s", (_, marks) => {
    expect(codes(`a: a\nb: x${"\u0323".repeat(2)}y${marks}\n`)).toEqual(["not-nfc"]);
  });

  test("a hundred thousand marks out of order are refused like two", () => {
    const text = `a: x${"\u0301\u0323".repeat(50_000)}`;
    expect(codes(text, 256 * 1024)).toEqual(["not-nfc"]);
  });

  test("never throws, whatever the text", () => {
    const words = fc.constantFrom("a", ":", " ", "\n", "- ", "[", "]", "{", "}", ",", "&a", "*a");
    const more = fc.constantFrom("!", "|", ">", "'", '"', "#", "?", "%", "---", "...", "<<", "\\");
    const yamlish = fc.array(fc.oneof(words, more, fc.string()), { maxLength: 60 });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          yamlish.map((w) => w.join("")),
        ),
        (text) => {
          expect(typeof read(text).ok).toBe("boolean");
        },
      ),
      { numRuns: 400 },
    );
  });

  test("never throws, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(typeof read(bytes).ok).toBe("boolean");
      }),
    );
  });

  test("reads JSON as JSON does, or refuses it", () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: "small" }), (value) => {
        const text = JSON.stringify(value);
        const parsed = read(text, 1_000_000);
        if (parsed.ok) expect(plain(parsed.value.value)).toEqual(JSON.parse(text));
      }),
      { numRuns: 300 },
    );
  });
});

/** The same with ordinary objects, for the comparison. */
function plain(value: Json): unknown {
  return JSON.parse(JSON.stringify(value));
}
