import { describe, expect, it } from "vitest";
import { runCli } from "../support/e2e/run-cli.ts";

interface Shown {
  readonly steps: readonly {
    readonly name: string;
    readonly ok: boolean;
    readonly evidence: string;
  }[];
}

describe("the demo's scenarios", { timeout: 240_000 }, () => {
  it.each([
    ["stall", 12, "CMD-CONFIRMED"],
    ["extension", 8, "VERIFIED: no finding."],
    ["break-glass", 14, "CMD-REVIEWED"],
  ])("%s is shown, step by step", async (scenario, least, words) => {
    const { exitCode, stdout } = await runCli(["demo", "--scenario", scenario, "--json"]);
    const { steps } = JSON.parse(stdout) as Shown;
    expect(steps.filter(({ ok }) => !ok)).toEqual([]);
    expect(exitCode).toBe(0);
    expect(steps.length).toBeGreaterThanOrEqual(least);
    expect(steps.map(({ evidence }) => evidence).join("\n")).toContain(words);
  });

  it("refuses one that it does not know, and names those that it does", async () => {
    const { exitCode, stderr } = await runCli(["demo", "--scenario", "heist"]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain("life, stall, break-glass, extension");
  });
});
