import { describe, expect, it } from "vitest";
import type { Provenance } from "../../../src/core/model/snapshot.ts";
import { governanceProvenance } from "../../../src/facts/governance-provenance.ts";
import { exampleFiles } from "../../support/snapshot/example-files.ts";
import { gateScene } from "../gate/gate-scene.ts";
import type { GateScene } from "../gate/gate-scene.ts";

const roles = exampleFiles.find(({ path }) => path === "governance/ROLES")?.text ?? "";
const changed = { "governance/ROLES": `${roles}\n# reviewed\n` };

async function provenance(scene: GateScene): Promise<Provenance> {
  await scene.mirror.fetch();
  await scene.decisions.sync();
  return governanceProvenance(scene.mirror, scene.decisions.view(), scene.world.tip);
}

/** A change of governance that two policy administrators approved and the gate merged. */
async function afterPolicy(): Promise<GateScene> {
  const scene = await gateScene();
  scene.open({ number: 7, author: "dave", files: changed });
  await scene.look(7, [scene.review(7, "erin"), scene.review(7, "carol")]);
  expect(scene.entries("merge").map(({ result }) => result.kind)).toEqual(["policy"]);
  return scene;
}

describe("governanceProvenance", () => {
  it("holds for the trust root's commit and after a decided change", async () => {
    expect(await provenance(await gateScene())).toEqual({ status: "intact" });
    expect(await provenance(await afterPolicy())).toEqual({ status: "intact" });
  });

  it("breaks by a push that nobody decided, and stays broken when it is taken back", async () => {
    const scene = await gateScene();
    const pushed = scene.mirror.commit({ parents: [scene.origin], files: changed });
    const back = { "governance/ROLES": roles };
    await scene.moveMain(pushed);
    expect(await provenance(scene)).toMatchObject({ status: "broken", commit: pushed });
    await scene.moveMain(scene.mirror.commit({ parents: [pushed], files: back }));
    expect(await provenance(scene)).toMatchObject({ status: "broken", commit: pushed });
  });

  it("breaks by governance in the merge of a request", async () => {
    const scene = await gateScene();
    scene.open({ number: 7 });
    const commit = await scene.mergeByHand(7, changed);
    await scene.look(7);
    expect(await provenance(scene)).toMatchObject({ status: "broken", commit });
  });

  it("breaks by a merge by hand that contains more than the change that was decided", async () => {
    const scene = await gateScene();
    scene.open({ number: 7, author: "dave", files: changed });
    const { gate } = scene;
    const stale = { outcome: "stale", reason: "held back" } as const;
    Object.assign(gate, { writer: { ...gate.writer, merge: () => Promise.resolve(stale) } });
    await scene.look(7, [scene.review(7, "erin"), scene.review(7, "carol")]);
    const more = { "governance/ROLES": `${roles}/access-requests/ @acme/risk\n` };
    const commit = await scene.mergeByHand(7, more);
    await scene.look(7);
    expect(scene.entries("violation")).toHaveLength(1);
    expect(await provenance(scene)).toMatchObject({ status: "broken", commit });
  });

  it("breaks by such a merge also when the ledger says that it was in order", async () => {
    const scene = await gateScene();
    scene.open({ number: 7, author: "dave", files: changed });
    const { gate } = scene;
    const stale = { outcome: "stale", reason: "held back" } as const;
    Object.assign(gate, { writer: { ...gate.writer, merge: () => Promise.resolve(stale) } });
    await scene.look(7, [scene.review(7, "erin"), scene.review(7, "carol")]);
    const more = { "governance/policy/low-risk.yaml": null };
    const mergeCommit = await scene.mergeByHand(7, more);
    const decision = scene.entries("decision").at(-1);
    await scene.decisions.append([
      {
        ...{ type: "merge", idempotencyKey: "merge:7", summary: "#7", delivery: null },
        inputs: {
          ...{ pull: 7, mergeCommit, decision: decision?.digest ?? "" },
          head: decision?.result.decision.head ?? "",
        },
        result: { kind: "policy", requests: [] },
      },
    ]);
    expect(await provenance(scene)).toMatchObject({ status: "broken", commit: mergeCommit });
  });

  it("breaks when the branch goes on along another line, with the governance of before", async () => {
    const scene = await afterPolicy();
    const { mirror, origin, world } = scene;
    const side = mirror.commit({ parents: [origin], files: { "a.md": "a" } });
    const wrongWayRound = mirror.commit({ parents: [side, world.tip], files: {} });
    await scene.moveMain(wrongWayRound);
    expect(await provenance(scene)).toMatchObject({ status: "broken" });
  });

  it("breaks when the line does not begin at the trust root's commit", async () => {
    const scene = await gateScene();
    const { mirror, origin } = scene;
    const files = Object.fromEntries(exampleFiles.map(({ path, text }) => [path, text]));
    const other = mirror.commit({ files });
    await scene.moveMain(mirror.commit({ parents: [other, origin] }));
    expect(await provenance(scene)).toMatchObject({ status: "broken" });
  });

  it("breaks when the branch lost what the ledger recorded", async () => {
    const scene = await afterPolicy();
    await scene.moveMain(scene.origin);
    expect(await provenance(scene)).toMatchObject({ status: "broken" });
  });
});
