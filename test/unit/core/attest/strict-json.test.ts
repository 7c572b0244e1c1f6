import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { canonicalJson } from "../../../../src/core/attest/canonical-json.ts";
import { parseStrictJson } from "../../../../src/core/attest/strict-json.ts";
import { jsonValue } from "../../../support/ledger/json-value.ts";

describe("parseStrictJson", () => {
  it("never throws, and lets in only what JSON.parse reads the same way", () => {
    const almostJson = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({
        unit: fc.constantFrom(
          ...'{|}|[|]|"|,|:|\\|\n| |0|1|2|3|-|.|e|E|t|r|u|f|a|l|s|n'.split("|"),
        ),
      }),
      fc.tuple(jsonValue, fc.nat(), fc.string({ maxLength: 2 })).map(([value, at, noise]) => {
        const text = canonicalJson(value);
        const cut = at % (text.length + 1);
        return text.slice(0, cut) + noise + text.slice(cut + noise.length);
      }),
    );
    fc.assert(
      fc.property(almostJson, (text) => {
        const parsed = parseStrictJson(text);
        if (parsed.ok) {
          expect(canonicalJson(parsed.value)).toBe(canonicalJson(JSON.parse(text) as never));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['{"a":1,"a":1}', "duplicate-key"],
    ['{"a":1,"\\u0061":2}', "duplicate-key"],
    ['[{"b":{"c":1,"d":2,"c":3}}]', "duplicate-key"],
    ['{"__proto__":{"admin":true}}', "refused-key"],
    ['{"\\u005f_proto__":1}', "refused-key"],
    ["", "not-json"],
    ["{", "not-json"],
    ['{"a"}', "not-json"],
    ['{"a":1', "not-json"],
    ['{"a":1]', "not-json"],
    ['{"a":1,}', "not-json"],
    ["[1,]", "not-json"],
    ["[1 2]", "not-json"],
    ["1 2", "not-json"],
    ["01", "not-json"],
    ["1.0", "not-json"],
    ["1e2", "not-json"],
    ["9007199254740992", "not-json"],
    ["NaN", "not-json"],
    ["truex", "not-json"],
    ["'a'", "not-json"],
    ['"a', "not-json"],
    ['"a\\"', "not-json"],
    ['"\n"', "not-json"],
    ['"\\x41"', "not-json"],
    ['"\\ud800"', "not-json"],
    ["\ufeff1", "not-json"],
    ["/**/1", "not-json"],
    ["[".repeat(100_000), "not-json"],
  ])("refuses %.40s as %s", (text, code) => {
    expect(parseStrictJson(text)).toMatchObject({ ok: false, code });
  });

  it("leaves the prototype of every object alone", () => {
    const parsed = parseStrictJson('{"constructor":{"prototype":{"polluted":1}},"toString":2}');
    expect(parsed.ok).toBe(true);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it("reads whitespace, escapes and nested values", () => {
    const parsed = parseStrictJson(
      ' { "a\\\\" : [ -1 , "\\n\\u00e9\\\\" , { } , [ ] , true ] }\r\n',
    );
    expect(parsed).toEqual({ ok: true, value: { "a\\": [-1, "\n\u00e9\\", {}, [], true] } });
  });
});
