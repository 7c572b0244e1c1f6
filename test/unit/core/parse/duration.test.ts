import { describe, expect, test } from "vitest";
import { durationSeconds } from "../../../../src/core/parse/duration.ts";

describe("durationSeconds", () => {
  test.each([
    ["PT5S", 5],
    ["PT30M", 1_800],
    ["PT4H", 14_400],
    ["PT1H30M", 5_400],
    ["P1D", 86_400],
    ["P1DT12H", 129_600],
    ["P1DT0H", 86_400],
    ["PT90M", 5_400],
    ["P99999DT999999H9999999M99999999S", 12_939_909_939],
  ])("%s is %d seconds", (text, seconds) => {
    expect(durationSeconds(text)).toBe(seconds);
  });

  test.each([
    "",
    "P",
    "PT",
    "P1DT",
    "PT0S",
    "P0D",
    "P1Y",
    "P1M",
    "P1W",
    "P1W2D",
    "PT1.5H",
    "PT1,5H",
    "-PT1H",
    "+PT1H",
    "PT-1H",
    "pt4h",
    "PT4h",
    "4h",
    "PT4H ",
    "PT4H\n",
    "PT1M1H",
    "PT1H1H",
    "P100000D",
    "PT٤H",
    "9999-12-31",
  ])("%j is refused", (text) => {
    expect(durationSeconds(text)).toBeNull();
  });
});
