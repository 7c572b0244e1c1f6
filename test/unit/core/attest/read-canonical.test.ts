import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../../../src/core/attest/canonical-json.ts";
import { readCanonical } from "../../../../src/core/attest/read-canonical.ts";
import { parseStrictJson } from "../../../../src/core/attest/strict-json.ts";
import { jsonValue } from "../../../support/ledger/json-value.ts";

/** What the two strict steps say: read by the strict parser, written again. */
function strictly(text: string): unknown {
  const parsed = parseStrictJson(text);
  if (!parsed.ok) return parsed.code;
  return canonicalJson(parsed.value) === text ? parsed.value : "not-canonical";
}

function quickly(text: string): unknown {
  const read = readCanonical(text);
  return read.ok ? read.value : read.code;
}

describe("readCanonical", () => {
  it("reads what canonicalJson writes", () => {
    fc.assert(
      fc.property(jsonValue, (value) => {
        expect(quickly(canonicalJson(value))).toEqual(value);
      }),
    );
  });

  it("says of any text what the strict parser and canonicalJson say of it", () => {
    const edit = fc.record({
      at: fc.nat(),
      removed: fc.nat(2),
      put: fc.constantFrom(
        " ",
        '"',
        "\\",
        "\\ud800",
        "0",
        "1.5",
        "-0",
        ",",
        "{",
        "]",
        "a",
        "__proto__",
      ),
    });
    fc.assert(
      fc.property(jsonValue, fc.array(edit, { maxLength: 3 }), (value, edits) => {
        const text = edits.reduce((rest, { at, removed, put }) => {
          const place = at % (rest.length + 1);
          return rest.slice(0, place) + put + rest.slice(place + removed);
        }, canonicalJson(value));
        expect(quickly(text)).toEqual(strictly(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ["two keys of one name", '{"a":1,"a":2}', "duplicate-key"],
    ["keys out of order", '{"b":1,"a":2}', "not-canonical"],
    ["keys out of order further in", '{"a":{"c":1,"b":2}}', "not-canonical"],
    ["white space", '{"a": 1}', "not-canonical"],
    ["an escape that is not needed", '"\\u0061"', "not-canonical"],
    ["an escaped slash", '"\\/"', "not-canonical"],
    ["minus zero", "-0", "not-canonical"],
    ["a fraction", "[1.5]", "not-json"],
    ["a number beyond 53 bits", "9007199254740993", "not-json"],
    ["a lone surrogate, escaped", '"\\ud800"', "not-json"],
    ["a lone surrogate, as such", '"\ud800"', "not-json"],
    ["the key __proto__", '{"__proto__":1}', "refused-key"],
    ["one level too deep", `${"[".repeat(66)}${"]".repeat(66)}`, "not-json"],
  ])("refuses %s", (_, text, code) => {
    expect(quickly(text)).toBe(code);
  });

  it("keeps the order of keys that are numbers, which the engine does not", () => {
    expect(quickly('{"10":1,"9":2}')).toEqual({ "10": 1, "9": 2 });
    expect(quickly('{"9":2,"10":1}')).toBe("not-canonical");
  });
});
