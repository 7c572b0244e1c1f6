import { describe, expect, test } from "vitest";
import { nearest } from "../../../../src/core/parse/nearest.ts";

describe("nearest", () => {
  test.each([
    ["duratoin", "duration"],
    ["Duration", "duration"],
    ["reson", "reason"],
    ["reasons", "reason"],
    ["duration", "duration"],
  ])("%s most likely means %s", (word, meant) => {
    expect(nearest(word, ["duration", "reason", "target"])).toBe(meant);
  });

  test("a word that is far from everything means nothing known", () => {
    expect(nearest("approvers", ["duration", "reason", "target"])).toBeNull();
    expect(nearest("", ["duration"])).toBeNull();
    expect(nearest("duration", [])).toBeNull();
  });

  test("a word without end is not compared", () => {
    expect(nearest("a".repeat(61), ["a".repeat(61)])).toBeNull();
  });
});
