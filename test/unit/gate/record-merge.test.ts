import { describe, expect, it } from "vitest";
import { MergeNotJudged } from "../../../src/gate/record-merge.ts";
import { exampleFiles } from "../../support/snapshot/example-files.ts";
import { gateScene, request } from "./gate-scene.ts";
import type { GateScene } from "./gate-scene.ts";

/** Approved and green, but held back from the gate's own merge by a rule of the forge. */
async function heldBack(): Promise<GateScene> {
  const scene = await gateScene();
  scene.open({ number: 7 });
  const seen = [scene.review(7, "bob"), scene.review(7, "carol")];
  const { gate } = scene;
  const stale = { outcome: "stale", reason: "a rule forbids it" } as const;
  Object.assign(gate, { writer: { ...gate.writer, merge: () => Promise.resolve(stale) } });
  await scene.look(7, seen);
  expect(scene.entries("decision").at(-1)?.result.decision.verdict).toBe("approved");
  return scene;
}

describe("recordMerge", () => {
  it("records a merge that a person made with the button", async () => {
    const scene = await heldBack();
    const mergeCommit = await scene.mergeByHand(7);
    await scene.look(7);
    await scene.look(7);
    expect(scene.entries("merge").map(({ inputs }) => inputs.mergeCommit)).toEqual([mergeCommit]);
    expect(scene.entries("violation")).toEqual([]);
  });

  it("F1 makes an administrator's merge of a pending request a violation that no later good news clears", async () => {
    const scene = await gateScene();
    scene.open({ number: 7 });
    await scene.look(7, [scene.review(7, "bob")]);
    const carol = scene.review(7, "carol");
    await scene.mergeByHand(7);
    await scene.look(7, [carol]);
    expect(scene.entries("violation").map(({ result }) => result.code)).toEqual([
      "MERGED-WITHOUT-DECISION",
    ]);
    await scene.look(7, [scene.review(7, "carol")]);
    expect(scene.entries("violation")).toHaveLength(1);
    expect(scene.entries("merge")).toEqual([]);
  });

  it("makes a merge that nobody ever decided on a violation", async () => {
    const scene = await gateScene();
    scene.open({ number: 7 });
    await scene.mergeByHand(7);
    await scene.look(7);
    expect(scene.entries("violation")[0]?.result.detail).toContain("No decision was ever made");
  });

  it("makes a merge after a denial that the gate had not seen a violation", async () => {
    const scene = await heldBack();
    scene.review(7, "heidi", "CHANGES_REQUESTED");
    await scene.mergeByHand(7);
    await scene.look(7);
    expect(scene.entries("violation")).toHaveLength(1);
    expect(scene.entries("merge")).toEqual([]);
  });

  it.each([
    ["another text of the request", { [request]: "other: text\n" }],
    ["governance beside the request", { "governance/ROLES": "[approver]\n* @acme/risk\n" }],
    ["a second request", { "access-requests/payments-db/second.yaml": "a: 1\n" }],
  ])("F8 makes a merge by hand that contains %s a violation", async (_, files) => {
    const scene = await heldBack();
    await scene.mergeByHand(7, files);
    await scene.look(7);
    expect(scene.entries("violation")[0]?.result.detail).toBe("Other content was merged.");
    expect(scene.entries("merge")).toEqual([]);
  });

  it("makes governed bytes in the merge of an ungoverned pull request a violation", async () => {
    const scene = await gateScene();
    scene.open({ number: 7, files: { "README.md": "hello" } });
    await scene.look(7);
    await scene.mergeByHand(7, { "governance/ROLES": "[approver]\n* @acme/risk\n" });
    await scene.look(7);
    expect(scene.entries("violation")).toHaveLength(1);
  });

  it("has nothing to say about the merge of an ungoverned pull request", async () => {
    const scene = await gateScene();
    scene.open({ number: 7, files: { "README.md": "hello" } });
    await scene.look(7);
    expect(scene.published.at(-1)?.conclusion).toBe("success");
    await scene.mergeByHand(7);
    await scene.look(7);
    expect(scene.entries("violation")).toEqual([]);
    expect(scene.entries("merge")).toEqual([]);
  });

  it("has nothing to say about a merge into a branch that is not governed", async () => {
    const scene = await gateScene();
    scene.open({ number: 7, parts: { baseRef: "release" } });
    await scene.look(7);
    const merged = scene.mirror.commit({ parents: [scene.origin, scene.published[0]?.head ?? ""] });
    scene.mirror.setBranch("release", merged);
    const mergedAt = scene.clock.now().toISOString();
    Object.assign(scene.world.pulls.get(7) ?? {}, {
      ...{ state: "merged", mergeCommit: merged, mergedAt },
    });
    await scene.look(7);
    expect(scene.entries("violation")).toEqual([]);
  });

  it("judges the merge of a change of governance by the governance and the teams of before", async () => {
    const scene = await gateScene();
    const roles = exampleFiles.find(({ path }) => path === "governance/ROLES")?.text ?? "";
    const files = { "governance/ROLES": `${roles}# reviewed\n` };
    scene.open({ number: 7, author: "dave", files });
    const { gate } = scene;
    const stale = { outcome: "stale", reason: "held back" } as const;
    Object.assign(gate, { writer: { ...gate.writer, merge: () => Promise.resolve(stale) } });
    await scene.look(7, [scene.review(7, "erin"), scene.review(7, "carol")]);
    const merged = await scene.mergeByHand(7);
    const broken = { "governance/people.yaml": "not: people\n" };
    await scene.moveMain(scene.mirror.commit({ parents: [merged], files: broken }));
    await scene.look(7);
    expect(scene.entries("violation")).toEqual([]);
    expect(scene.entries("merge")).toHaveLength(1);
  });

  it("waits, and records no violation, while git does not show the merge yet", async () => {
    const scene = await heldBack();
    const mergeCommit = await scene.mergeByHand(7);
    const pull = scene.world.pulls.get(7);
    Object.assign(pull ?? {}, { mergeCommit: "f".repeat(40) });
    await expect(scene.look(7)).rejects.toThrow(MergeNotJudged);
    expect(scene.entries("violation")).toEqual([]);
    Object.assign(pull ?? {}, { mergeCommit });
    await scene.look(7);
    expect(scene.entries("merge")).toHaveLength(1);
  });

  it("waits while the forge leaves something out, though approvals seem to be missing then", async () => {
    const scene = await heldBack();
    await scene.mergeByHand(7);
    const { teams } = scene.world;
    const risk = teams.get("risk") ?? [];
    const pull = scene.world.pulls.get(7);
    teams.set("risk", []);
    Object.assign(pull ?? {}, { missing: [{ fact: "team risk", reason: "one page is missing" }] });
    await expect(scene.look(7)).rejects.toThrow(MergeNotJudged);
    teams.set("risk", risk);
    Object.assign(pull ?? {}, { missing: [] });
    await scene.look(7);
    expect(scene.entries("violation")).toEqual([]);
    expect(scene.entries("merge")).toHaveLength(1);
  });
});
