import { describe, expect, it } from "vitest";
import { progressBar } from "../../../src/bin/progress-bar.ts";

describe("a progress bar", () => {
  it("writes over its own line, and leaves none behind", () => {
    const written: string[] = [];
    let now = 0;
    const bar = progressBar(
      "entries",
      (text) => void written.push(text),
      () => now,
    );
    bar.show(0, 4000);
    now += 100;
    bar.show(1000, 4000);
    bar.clear();
    expect(written).toEqual([
      "\r[........................] 0 of 4,000 entries",
      "\r[######..................] 1,000 of 4,000 entries",
      "\r\u001b[K",
    ]);
  });

  it("is drawn ten times a second at most, whatever happens", () => {
    const written: string[] = [];
    let now = 0;
    const bar = progressBar(
      "entries",
      (text) => void written.push(text),
      () => now,
    );
    for (; now < 1000; now += 1) bar.show(now, 1000);
    expect(written).toHaveLength(10);
  });

  it("clears no line that it did not draw", () => {
    const written: string[] = [];
    progressBar("entries", (text) => void written.push(text)).clear();
    expect(written).toEqual([]);
  });
});
