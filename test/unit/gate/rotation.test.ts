import { describe, expect, it } from "vitest";

import { memoryLedgerStore } from "../../../src/adapters/memory/memory-ledger-store.ts";
import { memorySigner } from "../../../src/adapters/memory/memory-signer.ts";
import { trustRootDigest } from "../../../src/core/attest/trust-root.ts";
import { trustRootPayloadType } from "../../../src/core/attest/trust-root-signatures.ts";
import type { TrustRoot } from "../../../src/core/model/governance.ts";
import { runGate } from "../../../src/gate/run-gate.ts";
import { sweep } from "../../../src/gate/sweep.ts";
import { enterTrustRoot } from "../../../src/record/enter-trust-root.ts";
import { openLedger } from "../../../src/record/ledger.ts";
import type { Signer } from "../../../src/ports/signer.ts";
import { evenChance } from "../../support/ledger/even-chance.ts";
import { rotatedTo, signaturesOver } from "../../support/ledger/rotation.ts";
import { gateScene } from "./gate-scene.ts";
import type { GateScene } from "./gate-scene.ts";

function filesOf(trustRoot: TrustRoot, signers: readonly Signer[]) {
  const signatures = {
    ...{ apiVersion: "countersign/v1", kind: "TrustRootSignatures" },
    ...{ payloadType: trustRootPayloadType, signatures: signaturesOver(trustRoot, signers) },
  };
  return {
    "governance/trust-root.json": JSON.stringify(trustRoot, null, 2),
    "governance/trust-root.signatures.json": JSON.stringify(signatures, null, 2),
  };
}

/** Dave's pull request with the next trust root, which two administrators approve. */
async function merged(scene: GateScene, files: Readonly<Record<string, string>>): Promise<void> {
  scene.open({ number: 30, author: "dave", files });
  await scene.look(30);
  await scene.look(30, [scene.review(30, "erin"), scene.review(30, "nora")]);
}

/** The gate again, with a key of its own. */
function restarted(scene: GateScene, signer: Signer, trustRoot: TrustRoot): GateScene["gate"] {
  const ledger = openLedger({
    ...{ store: memoryLedgerStore(scene.remote), signer, clock: scene.clock, chance: evenChance },
    ...{ branch: "audit/decisions", trustRoot, expectedRoot: scene.keys.rootDigest },
  });
  return { ...scene.gate, ledger };
}

describe("a signed trust root that was approved", () => {
  it("is entered by the sweep with the old key, as its last entry", async () => {
    const scene = await gateScene();
    const next = memorySigner();
    const trustRoot = rotatedTo(scene.keys.trustRoot, { decision: [next] });
    await merged(scene, filesOf(trustRoot, [scene.keys.root, next]));
    expect(scene.entries("merge").map(({ result }) => result.kind)).toEqual(["policy"]);
    expect(scene.entries("trust-root")).toHaveLength(1);

    await sweep(scene.gate, "open");
    const [, entered] = scene.entries("trust-root");
    expect(entered?.inputs.main).toBe(scene.world.tip);
    expect(entered?.result.digest).toBe(trustRootDigest(trustRoot));
    expect(entered?.keyid).toBe(scene.keys.decision.keyid);
    expect(entered?.seq).toBe(scene.remote.commits("audit/decisions").length - 1);

    const gate = restarted(scene, next, trustRoot);
    await sweep(gate, "open");
    expect(scene.remote.commits("audit/decisions")).toHaveLength((entered?.seq ?? 0) + 1);
    expect(scene.lines.filter((line) => line.startsWith("error"))).toEqual([]);
  });

  it("ends the gate whose key it retires, with what to do, and no other one", async () => {
    const scene = await gateScene();
    const next = memorySigner();
    const trustRoot = rotatedTo(scene.keys.trustRoot, { decision: [next] });
    await merged(scene, filesOf(trustRoot, [scene.keys.root, next]));
    const options = {
      ...{ trustRoot: scene.keys.trustRoot, sweepSeconds: 120 },
      signal: new AbortController().signal,
    };
    const clock = { ...scene.clock, sleep: () => new Promise<void>((next) => setImmediate(next)) };
    const running = await runGate({ ...scene.gate, clock }, options);
    await running.stopped;
    for (const why of [running.whyRetired(), running.whyStopped()]) {
      expect(why).toContain("Trust root 2 is in force");
      expect(why).toContain("Start it with a key that is in force");
    }
    expect(scene.lines.join()).toContain("the key of this gate is retired, so it stops");
    expect(scene.entries("checkpoint")).toEqual([]);
  });

  it("lets the gate go on when its key stays", async () => {
    const scene = await gateScene();
    const trustRoot = rotatedTo(scene.keys.trustRoot, { root: [scene.keys.root, memorySigner()] });
    await merged(scene, filesOf(trustRoot, [scene.keys.root]));
    const stop = new AbortController();
    const clock = { ...scene.clock, sleep: () => new Promise<void>((next) => setImmediate(next)) };
    const options = { trustRoot: scene.keys.trustRoot, sweepSeconds: 0, signal: stop.signal };
    const running = await runGate({ ...scene.gate, clock }, options);
    await expect.poll(() => scene.entries("trust-root").length).toBe(2);
    expect(running.whyRetired()).toBeNull();
    await expect.poll(() => scene.entries("checkpoint").length).toBe(1);
    stop.abort();
    await running.stopped;
    expect(running.whyStopped()).toBeNull();
  });

  it("is entered by the next sweep when the remote was away", async () => {
    const scene = await gateScene();
    const trustRoot = rotatedTo(scene.keys.trustRoot, {});
    await merged(scene, filesOf(trustRoot, [scene.keys.root]));
    const { ledger } = scene.gate;
    const append = () => Promise.reject(new Error("away"));
    await sweep({ ...scene.gate, ledger: { ...ledger, append } }, "ends");
    expect(scene.lines.join()).toContain("waits for the next sweep");
    await sweep(scene.gate, "ends");
    expect(scene.entries("trust-root")).toHaveLength(2);
  });
});

describe("a trust root that nobody may follow", () => {
  it("is neither merged nor entered when too few keys signed", async () => {
    const scene = await gateScene();
    const next = memorySigner();
    const trustRoot = rotatedTo(scene.keys.trustRoot, { decision: [next] });
    await merged(scene, filesOf(trustRoot, [next]));
    expect(scene.entries("merge")).toEqual([]);
    expect(scene.entries("decision").at(-1)?.result.decision.verdict).toBe("denied");
    await sweep(scene.gate, "open");
    expect(scene.entries("trust-root")).toHaveLength(1);
  });

  it("is not entered after a push, although the root keys signed it: nobody approved it", async () => {
    const scene = await gateScene();
    const trustRoot = rotatedTo(scene.keys.trustRoot, {});
    const files = filesOf(trustRoot, [scene.keys.root]);
    await scene.moveMain(scene.mirror.commit({ parents: [scene.origin], files }));
    await sweep(scene.gate, "open");
    expect(scene.entries("trust-root")).toHaveLength(1);
    expect(scene.entries("violation").map(({ result }) => result.code)).toEqual(["DIRECT-PUSH"]);
    expect(scene.lines.join()).toContain("the trust root on the governed branch is not in force");
  });

  it("is not entered when it was approved for another trust root than the one on record now", async () => {
    const scene = await gateScene();
    const [one, two] = ["one", "two"].map((description) => ({
      ...rotatedTo(scene.keys.trustRoot, {}),
      description,
    }));
    if (one === undefined || two === undefined) throw new Error("two documents");
    await merged(scene, filesOf(one, [scene.keys.root]));
    const signatures = signaturesOver(two, [scene.keys.root]);
    await enterTrustRoot(scene.decisions, { trustRoot: two, signatures, main: scene.origin });
    await sweep(scene.gate, "open");
    expect(scene.entries("trust-root")).toHaveLength(2);
    expect(scene.lines.join()).toContain("It has version 2; after version 2 comes 3.");
  });

  it("changes nothing while governance does not parse", async () => {
    const scene = await gateScene();
    const files = { "governance/trust-root.json": "{" };
    await scene.moveMain(scene.mirror.commit({ parents: [scene.origin], files }));
    await sweep(scene.gate, "open");
    expect(scene.entries("trust-root")).toHaveLength(1);
  });
});
