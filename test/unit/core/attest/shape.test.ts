import { describe, expect, it, test } from "vitest";

import {
  boolean,
  digest,
  either,
  instant,
  integer,
  list,
  nullable,
  object,
  oid,
  oneOf,
  optional,
  text,
} from "../../../../src/core/attest/shape.ts";
import type { Shape } from "../../../../src/core/attest/shape.ts";
import type { Json } from "../../../../src/core/model/json.ts";
import { digestOf, oidOf } from "../../../support/ledger/drafts.ts";

interface Named {
  readonly name: string;
  readonly size?: number;
}

const named = object<Named>({ name: text, size: optional(integer) as Shape<number> });

const table: readonly [string, Shape<unknown>, readonly Json[], readonly Json[]][] = [
  ["a boolean", boolean, [true, false], [0, "true", null, {}]],
  ["a text", text, ["", "a"], [1, null, ["a"], {}]],
  ["an integer", integer, [0, -1], ["1", null, true]],
  [
    "a digest",
    digest,
    [digestOf("a")],
    [digestOf("A"), `${digestOf("a")}\n`, digestOf("a").slice(7), 1, null],
  ],
  ["an oid", oid, [oidOf("a"), "a".repeat(64)], [oidOf("g"), `${oidOf("a")}\n`, "a".repeat(41), 1]],
  [
    "an instant",
    instant,
    ["2026-11-21T10:00:00Z", "2026-11-21T10:00:00.000Z"],
    ["2026-11-21", "2026-11-21T10:00:00+01:00", "2026-13-21T10:00:00Z", 1, null],
  ],
  ["one of some", oneOf<string | number>("a", 1), ["a", 1], ["b", "1", 2, null]],
  ["null or a text", nullable(text), [null, "a"], [1, {}]],
  ["one or the other", either(text, integer), ["a", 1], [true, null, []]],
  ["a list of texts", list(text), [[], ["a"]], [["a", 1], "a", { 0: "a", length: 1 }, null]],
  [
    "an object",
    named,
    [{ name: "a" }, { name: "a", size: 1 }],
    [{}, { name: 1 }, { name: "a", size: "1" }, { name: "a", extra: 1 }, [], null, "a", 1],
  ],
];

describe("shapes", () => {
  test.each(table)("%s is told from everything else", (_, shape, accepted, refused) => {
    expect(accepted.filter((value) => !shape(value))).toEqual([]);
    expect(refused.filter((value) => shape(value))).toEqual([]);
  });

  it("takes absence only where it is optional", () => {
    expect(optional(text)(undefined)).toBe(true);
    expect([text, nullable(text), list(text), named].some((shape) => shape(undefined))).toBe(false);
  });

  it("does not take what is only inherited for a member", () => {
    const members = object<{ readonly toString: string }>({ toString: text });
    expect(members({})).toBe(false);
  });
});
