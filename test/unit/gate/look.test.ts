import { describe, expect, it } from "vitest";
import { ForgeUnavailable } from "../../../src/ports/forge-reader.ts";
import { PullKeepsChanging } from "../../../src/gate/look.ts";
import { gateScene, requestName } from "./gate-scene.ts";
import type { GateScene } from "./gate-scene.ts";

async function approvedRequest(): Promise<GateScene> {
  const scene = await gateScene();
  scene.open({ number: 7 });
  return scene;
}

function conclusions({ published }: GateScene): readonly string[] {
  return published.map(({ conclusion }) => conclusion);
}

describe("look", () => {
  it("waits for the approvals, then goes green, merges and records the merge", async () => {
    const scene = await approvedRequest();
    await scene.look(7);
    const head = scene.published[0]?.head;
    const bob = scene.review(7, "bob");
    await scene.look(7, [bob]);
    await scene.look(7, [scene.review(7, "carol")]);

    expect(conclusions(scene)).toEqual(["action_required", "action_required", "success"]);
    const merges = scene.entries("merge");
    expect(merges).toHaveLength(1);
    expect(merges[0]?.inputs).toMatchObject({ pull: 7, head });
    expect(merges[0]?.result).toEqual({ kind: "request", requests: [requestName] });
    expect(scene.entries("violation")).toEqual([]);
    expect(scene.entries("request")).toHaveLength(1);
  });

  it("writes every verdict to the ledger before anybody sees it", async () => {
    const scene = await approvedRequest();
    await scene.look(7);
    await scene.look(7, [scene.review(7, "bob"), scene.review(7, "carol")]);
    expect(scene.published.map(({ verdictOnLedger }) => verdictOnLedger)).toEqual([
      "pending",
      "approved",
    ]);
  });

  it("shows nothing that the ledger could not take", async () => {
    const scene = await approvedRequest();
    const seen = [scene.review(7, "bob"), scene.review(7, "carol")];
    await scene.decisions.sync();
    scene.remote.goOffline();
    await expect(scene.look(7, seen)).rejects.toThrow("offline");
    expect(scene.published).toEqual([]);
    scene.remote.goOnline();
    await scene.look(7, seen);
    expect(conclusions(scene)).toEqual(["success"]);
  });

  it("F5 publishes no green when the second read does not agree", async () => {
    const scene = await approvedRequest();
    const seen = [scene.review(7, "bob"), scene.review(7, "carol")];
    scene.beforeRead = (reads) => {
      if (reads === 1) scene.review(7, "heidi", "CHANGES_REQUESTED");
    };
    await scene.look(7, seen);
    expect(conclusions(scene)).toEqual(["failure"]);
    expect(scene.entries("merge")).toEqual([]);
  });

  it("gives up for now on a pull request that never holds still, and publishes nothing green", async () => {
    const scene = await approvedRequest();
    const seen = [scene.review(7, "bob"), scene.review(7, "carol")];
    const pull = scene.world.pulls.get(7);
    scene.beforeRead = (reads) => {
      const heidi = reads % 2 === 1 ? [scene.review(7, "heidi")] : [];
      if (pull !== undefined && heidi.length === 0) pull.reviews = pull.reviews.slice(0, 2);
    };
    await expect(scene.look(7, seen)).rejects.toThrow(PullKeepsChanging);
    expect(conclusions(scene)).not.toContain("success");
  });

  it("changes nothing when it is called again", async () => {
    const scene = await approvedRequest();
    await scene.look(7, [scene.review(7, "bob")]);
    const length = scene.decisions.view().decisions.length;
    await scene.look(7);
    expect(scene.decisions.view().decisions).toHaveLength(length);
  });

  it("takes the green back when the pull request is closed", async () => {
    const scene = await approvedRequest();
    const seen = [scene.review(7, "bob"), scene.review(7, "carol")];
    const pull = scene.world.pulls.get(7);
    Object.assign(pull ?? {}, { state: "closed" });
    await scene.look(7, seen);
    expect(conclusions(scene)).toEqual(["action_required"]);
  });

  it("passes on that the forge is away", async () => {
    const scene = await approvedRequest();
    scene.world.outage = new ForgeUnavailable("down", null);
    await expect(scene.look(7)).rejects.toThrow(ForgeUnavailable);
  });

  it("E3 shows the worst verdict of two open pull requests with one head", async () => {
    const scene = await approvedRequest();
    const head = scene.world.pulls.get(7)?.headOid ?? "";
    await scene.look(7);
    const first = scene.world.pulls.get(7);
    if (first === undefined) throw new Error("no pull request 7");
    scene.world.pulls.set(8, { ...first, number: 8, headRef: "request/8", reviews: [] });
    await scene.look(8);
    await scene.look(7, [scene.review(7, "bob"), scene.review(7, "carol")]);
    expect(scene.world.checks.get(head)?.conclusion).toBe("failure");
    expect(scene.entries("merge")).toEqual([]);

    Object.assign(scene.world.pulls.get(8) ?? {}, { state: "closed" });
    await scene.look(7);
    expect(scene.entries("merge")).toHaveLength(1);
  });
});
