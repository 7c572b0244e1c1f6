import { describe, expect, test } from "vitest";
import { schemaChecker } from "../../../support/github/schema-checker.ts";
import type { Schema } from "../../../support/github/slice.ts";

const named: Schema = {
  type: "object",
  required: ["name"],
  properties: { name: { type: "string" } },
};
const aged: Schema = {
  type: "object",
  required: ["age"],
  properties: { age: { type: "integer" } },
};
const tree: Schema = {
  type: "object",
  properties: { children: { type: "array", items: { $ref: "#/components/schemas/tree" } } },
};
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const checker = schemaChecker({ named, aged, tree });

describe("nullable", () => {
  test.each<[string, Schema, unknown]>([
    ["a type", { type: "string", nullable: true }, "open"],
    ["an enum", { type: "string", enum: ["open"], nullable: true }, "open"],
    ["an enum without a type", { enum: ["open"], nullable: true }, "open"],
    ["a reference", { ...ref("named"), nullable: true }, { name: "x" }],
    ["one of two", { oneOf: [ref("named"), ref("aged")], nullable: true }, { age: 1 }],
    ["a composition", { allOf: [ref("named")], nullable: true }, { name: "x" }],
  ])("lets null and the value pass, and nothing else: %s", (_, schema, value) => {
    expect(checker.problems(schema, null)).toEqual([]);
    expect(checker.problems(schema, value)).toEqual([]);
    expect(checker.problems(schema, 7)).not.toEqual([]);
    expect(checker.problems({ ...schema, nullable: false }, null)).not.toEqual([]);
  });
});

describe("an unknown key", () => {
  const any = { surplus: 1 };
  test.each<[string, Schema, unknown, readonly string[]]>([
    ["is refused beside properties", named, { name: "x", ...any }, ["/surplus"]],
    ["is refused behind a reference", ref("named"), { name: "x", ...any }, ["/surplus"]],
    [
      "may be named by another member of allOf",
      { allOf: [named, aged] },
      { name: "x", age: 1 },
      [],
    ],
    [
      "is refused by all of them",
      { allOf: [named, aged] },
      { name: "x", age: 1, ...any },
      ["/surplus"],
    ],
    [
      "may not come from a refused branch",
      { anyOf: [named, aged] },
      { name: "x", age: "1" },
      ["/age"],
    ],
    ["may come from either accepted branch", { anyOf: [named, aged] }, { name: "x", age: 1 }, []],
    [
      "is found at any depth",
      ref("tree"),
      { children: [{ children: [any] }] },
      ["/children/0/children/0/surplus"],
    ],
    ["passes in an object of which nothing is said", { type: "object" }, any, []],
    [
      "passes where any are announced",
      { ...named, additionalProperties: true },
      { name: "x", ...any },
      [],
    ],
    [
      "is held to their schema",
      { type: "object", additionalProperties: named },
      { a: { name: "x", ...any } },
      ["/a/surplus"],
    ],
    [
      "may follow a pattern",
      { type: "object", patternProperties: { "^x-": named }, properties: {} },
      { "x-a": { name: "x" } },
      [],
    ],
    [
      "is refused off the pattern",
      { type: "object", patternProperties: { "^x-": named }, properties: {} },
      any,
      ["/surplus"],
    ],
    ["is refused though Object has it", named, { name: "x", constructor: 1 }, ["/constructor"]],
  ])("%s", (_, schema, value, places) => {
    const sentences = places.map((place) => `${place} is not in the description`);
    expect(checker.problems(schema, value)).toEqual(sentences);
  });

  test("is refused once more where the schema itself closes the object", () => {
    const closed: Schema = { type: "object", additionalProperties: false };
    expect(checker.problems(closed, any)).toContain("/surplus is not in the description");
  });
});

test("every problem is told, with its place", () => {
  const both: Schema = {
    type: "object",
    properties: { a: named, b: { type: "string", enum: ["x"] } },
  };
  expect(checker.problems(both, { a: {}, b: "y" })).toEqual([
    "/a must have required property 'name'",
    '/b must be equal to one of the allowed values: ["x"]',
  ]);
});
