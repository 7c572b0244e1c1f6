import { describe, expect, it } from "vitest";
import { observeReviews } from "../../../src/gate/observe-reviews.ts";
import type { ReviewChange, Sighting } from "../../../src/gate/sighting.ts";
import { account } from "../../support/snapshot/cast.ts";
import { gateScene, request } from "./gate-scene.ts";

/** What a webhook shows of a review that heidi dismissed or its giver edited. */
function changeOf(
  { pull, review, reviewer, state, commit }: Sighting,
  change: ReviewChange["change"],
  delivery: string,
): ReviewChange {
  const isDismissal = change === "dismissed";
  const by = isDismissal ? account("heidi") : reviewer;
  return {
    ...{ change, pull, review, reviewer, by, commit, delivery },
    state: isDismissal ? "DISMISSED" : state,
  };
}

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

  it("records a dismissal once and every edit once, beside the observation", async () => {
    const scene = await gateScene();
    scene.open({ number: 7 });
    const seen = scene.review(7, "bob");
    const dismissed = changeOf(seen, "dismissed", "d-1");
    const edits = [changeOf(seen, "edited", "e-1"), changeOf(seen, "edited", "e-2")];
    await observeReviews(scene.gate, [seen, dismissed, ...edits]);
    await observeReviews(scene.gate, [{ ...dismissed, delivery: "d-2" }, ...edits]);

    expect(scene.entries("approval-observed")).toHaveLength(1);
    const changes = scene.entries("review-changed").map(({ inputs }) => inputs);
    expect(changes.map(({ change }) => change)).toEqual(["dismissed", "edited", "edited"]);
    expect(changes[0]).toMatchObject({ review: seen.review, by: account("heidi") });
  });

  it("takes neither an edit nor a dismissal for what the reviewer saw: it makes nothing more approved", async () => {
    const scene = await gateScene();
    scene.open({ number: 7 });
    const bob = scene.review(7, "bob");
    const carol = scene.review(7, "carol");
    await scene.look(7, [carol]);
    await observeReviews(scene.gate, [
      changeOf(bob, "edited", "e-1"),
      changeOf(bob, "dismissed", "d-1"),
    ]);
    expect(scene.entries("review-changed")).toHaveLength(2);
    await scene.look(7);
    const decision = scene.entries("decision").at(-1)?.result.decision;
    expect(decision?.verdict).toBe("pending");
    expect(decision?.reviews.map(({ code }) => code)).toEqual(["SOD-NOT-OBSERVED", "SOD-COUNTS"]);
  });

  it("does not lift a denial whose dismissal was seen and which itself was not", async () => {
    const scene = await gateScene();
    scene.open({ number: 7 });
    const denial = scene.review(7, "bob", "CHANGES_REQUESTED");
    const pull = scene.world.pulls.get(7);
    if (pull === undefined) throw new Error("no pull request");
    pull.reviews = pull.reviews.map((one) => ({ ...one, state: "DISMISSED" as const }));
    const states = ["APPROVED", "COMMENTED", "DISMISSED"];
    const changes = states.map((state) => ({
      ...changeOf(denial, "edited", `e-${state}`),
      state,
    }));
    await observeReviews(scene.gate, [...changes, changeOf(denial, "dismissed", "d-1")]);
    await scene.look(7, [scene.review(7, "heidi"), scene.review(7, "carol")]);
    expect(scene.entries("decision").at(-1)?.result.decision.verdict).toBe("denied");
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
