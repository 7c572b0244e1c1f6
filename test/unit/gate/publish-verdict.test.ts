import { describe, expect, it } from "vitest";
import { gateScene } from "./gate-scene.ts";

describe("publishVerdict", () => {
  it("E3 takes a green back that overtook the worse verdict of another pull request with the same head", async () => {
    const scene = await gateScene();
    const head = scene.open({ number: 7 });
    await scene.look(7);
    const { gate } = scene;
    const { writer } = gate;
    const summaries: string[] = [];
    let overtaken: Promise<void> | null = null;
    const slowGreen: typeof writer.publishCheck = async (commit, check) => {
      if (check.conclusion === "success" && overtaken === null) {
        const first = scene.world.pulls.get(7);
        if (first === undefined) throw new Error("no pull request 7");
        scene.world.pulls.set(8, { ...first, number: 8, headRef: "request/8", reviews: [] });
        overtaken = scene.look(8);
        await overtaken;
      }
      await writer.publishCheck(commit, check);
      summaries.push(check.summary);
    };
    Object.assign(gate, { writer: { ...writer, publishCheck: slowGreen } });
    await scene.look(7, [scene.review(7, "bob"), scene.review(7, "carol")]);
    expect(scene.published.map(({ conclusion }) => conclusion)).toContain("success");
    expect(scene.world.checks.get(head)?.conclusion).toBe("failure");
    const summary = summaries.at(-1);
    expect(summary).toContain("This is the verdict on pull request 8");
    expect(summary).toContain("The executor takes it out at its end");
    expect(scene.entries("merge")).toEqual([]);
  });
});
