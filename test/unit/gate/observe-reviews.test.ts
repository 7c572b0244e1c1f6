import { describe, expect, it } from "vitest";
import { observeReviews } from "../../../src/gate/observe-reviews.ts";
import { gateScene, request } from "./gate-scene.ts";

describe("observeReviews", () => {
  it("J7 lets the first observation of a review stand; a redelivery adds nothing", async () => {
    const scene = await gateScene();
    const first = scene.open({ number: 7 });
    const seen = scene.review(7, "bob");
    await scene.mirror.fetch();
    await observeReviews(scene.gate, [seen, seen]);
    const second = scene.mirror.commit({ parents: [first], files: { [request]: "other: text\n" } });
    scene.mirror.setPull(7, second);
    await scene.mirror.fetch();
    await observeReviews(scene.gate, [{ ...seen, commit: second, delivery: "again" }]);

    const observed = scene.entries("approval-observed");
    expect(observed).toHaveLength(1);
    expect(observed[0]?.inputs.commit).toBe(first);
  });

  it("records nothing for a commit that is nowhere or changes nothing governed", async () => {
    const scene = await gateScene();
    scene.open({ number: 7, files: { "README.md": "hello" } });
    const seen = scene.review(7, "bob");
    await observeReviews(scene.gate, [seen, { ...seen, review: 1, commit: "f".repeat(40) }]);
    expect(scene.entries("approval-observed")).toEqual([]);
    expect(scene.lines).toHaveLength(2);
  });

  it("B5 does not count an approval that no webhook showed", async () => {
    const scene = await gateScene();
    scene.open({ number: 7 });
    scene.review(7, "bob");
    await scene.look(7, [scene.review(7, "carol")]);
    const decision = scene.entries("decision").at(-1)?.result.decision;
    expect(decision?.verdict).toBe("pending");
    expect(decision?.reviews.map(({ code }) => code)).toEqual(["SOD-NOT-OBSERVED", "SOD-COUNTS"]);
  });
});
