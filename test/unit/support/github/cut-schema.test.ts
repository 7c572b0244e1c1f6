import { describe, expect, test } from "vitest";
import { reachedComponents, withoutProse } from "../../../support/github/cut-schema.ts";
import type { Schema } from "../../../support/github/slice.ts";

describe("withoutProse", () => {
  test("drops titles, descriptions, examples and extensions at every depth", () => {
    const published: object = {
      title: "Team",
      type: "object",
      "x-github-breaking-changes": [],
      properties: { id: { type: "integer", description: "The id", example: 1 } },
      items: { oneOf: [{ type: "string", default: "x" }] },
    };
    expect(withoutProse(published)).toEqual({
      type: "object",
      properties: { id: { type: "integer" } },
      items: { oneOf: [{ type: "string" }] },
    });
  });

  test("keeps properties that are called like prose", () => {
    const published: Schema = { properties: { description: { type: "string" }, title: {} } };
    expect(withoutProse(published)).toEqual(published);
  });

  test("refuses a keyword it does not know, rather than losing what it asserts", () => {
    const surprising: object = { const: 1 };
    expect(() => withoutProse(surprising)).toThrow("const");
  });
});

describe("reachedComponents", () => {
  const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

  test("follows references through components, circles too, and takes nothing else", () => {
    const published = { a: { items: ref("b") }, b: { items: ref("a") }, c: {} };
    expect(Object.keys(reachedComponents({ x: [ref("b")] }, published))).toEqual(["a", "b"]);
  });

  test("refuses a reference to nothing", () => {
    expect(() => reachedComponents(ref("gone"), {})).toThrow("gone");
    expect(() => reachedComponents({ $ref: "#/paths/x" }, {})).toThrow("#/paths/x");
  });
});
