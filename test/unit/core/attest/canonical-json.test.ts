import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { canonicalJson, NotCanonical } from "../../../../src/core/attest/canonical-json.ts";
import { parseStrictJson } from "../../../../src/core/attest/strict-json.ts";
import type { Json } from "../../../../src/core/model/json.ts";
import { jsonValue } from "../../../support/ledger/json-value.ts";

describe("canonicalJson", () => {
  it("sorts keys by UTF-16 code units and writes no whitespace", () => {
    const value = {
      "\u{1f600}": 1,
      "\ufb33": 2,
      "\u20ac": 3,
      "1": 4,
      "10": 5,
      "2": 6,
      a: [1, { b: null }],
    };
    expect(canonicalJson(value)).toBe(
      '{"1":4,"10":5,"2":6,"a":[1,{"b":null}],"\u20ac":3,"\u{1f600}":1,"\ufb33":2}',
    );
  });

  it("has one text for every order of keys", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "binary" }), fc.integer()), (value) => {
        fc.pre(!Object.hasOwn(value, "__proto__"));
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson({ ...value }));
      }),
    );
  });

  it("is read back as the same value by the strict parser", () => {
    fc.assert(
      fc.property(jsonValue, (value) => {
        const text = canonicalJson(value);
        const parsed = parseStrictJson(text);
        expect(parsed.ok && canonicalJson(parsed.value)).toBe(text);
        expect(JSON.parse(text)).toEqual(value);
      }),
    );
  });

  it.each([
    ["a fraction", 1.5],
    ["NaN", NaN],
    ["infinity", Infinity],
    ["an unsafe integer", 2 ** 53],
    ["undefined", undefined],
    ["a member that is undefined", { a: undefined }],
    ["a hole", Array<unknown>(1)],
    ["a bigint", 1n],
    ["a function", () => 1],
    ["a Date", new Date(0)],
    ["a Map", new Map()],
    ["a lone surrogate", "\ud800"],
    ["a lone surrogate in a key", { "\udc00": 1 }],
    ["the key __proto__", JSON.parse('{"__proto__":1}')],
  ])("refuses %s", (_, value) => {
    expect(() => canonicalJson(value as Json)).toThrow(NotCanonical);
  });

  it("refuses bottomless nesting instead of overflowing", () => {
    const deep = JSON.parse(`${"[".repeat(5000)}${"]".repeat(5000)}`) as Json;
    expect(() => canonicalJson(deep)).toThrow(NotCanonical);
  });
});
