import { describe, expect, it } from "vitest";
import { cutMarkdown } from "../../../../src/adapters/github/cut-markdown.ts";

describe("cutMarkdown", () => {
  it("leaves what fits alone, up to the last character", () => {
    const full = "x".repeat(65_535);
    expect(cutMarkdown(full)).toBe(full);
    expect(cutMarkdown("")).toBe("");
  });

  it("cuts what does not fit and says so at the end", () => {
    const cut = cutMarkdown("x".repeat(65_536));
    expect(cut).toHaveLength(65_535);
    expect(cut).toContain("Cut here: GitHub shows at most 65,535 characters.");
  });

  it("never leaves half a character before the mark", () => {
    expect(cutMarkdown("😀".repeat(40_000)).isWellFormed()).toBe(true);
    expect(cutMarkdown("x" + "😀".repeat(40_000)).isWellFormed()).toBe(true);
  });
});
