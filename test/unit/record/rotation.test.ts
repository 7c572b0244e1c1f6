import { describe, expect, it } from "vitest";

import {
  memoryLedgerRemote,
  memoryLedgerStore,
} from "../../../src/adapters/memory/memory-ledger-store.ts";
import { memorySigner } from "../../../src/adapters/memory/memory-signer.ts";
import { entriesOf } from "../../../src/core/attest/ledger-view.ts";
import { trustRootDigest } from "../../../src/core/attest/trust-root.ts";
import type { LedgerBranch } from "../../../src/core/model/entry.ts";
import type { TrustRoot } from "../../../src/core/model/governance.ts";
import { LedgerRewritten, LedgerUnreachable } from "../../../src/ports/ledger-store.ts";
import type { LedgerStore } from "../../../src/ports/ledger-store.ts";
import type { Signer } from "../../../src/ports/signer.ts";
import { enterTrustRoot } from "../../../src/record/enter-trust-root.ts";
import { openLedgerReader } from "../../../src/record/ledger-reader.ts";
import { openLedger } from "../../../src/record/ledger.ts";
import { trustRootInForce } from "../../../src/record/trust-root-in-force.ts";
import { acmeKeys } from "../../support/ledger/acme-keys.ts";
import { lapsedDraft, oidOf, revokeIntentDraft } from "../../support/ledger/drafts.ts";
import { evenChance } from "../../support/ledger/even-chance.ts";
import { rotatedTo, signaturesOver } from "../../support/ledger/rotation.ts";
import type { NewKeys } from "../../support/ledger/rotation.ts";
import { twoLedgers } from "../../support/ledger/two-ledgers.ts";
import type { TwoLedgers } from "../../support/ledger/two-ledgers.ts";

const main = oidOf("0");

async function rotated(change: NewKeys, signers: readonly Signer[]) {
  const world = await twoLedgers();
  const trustRoot = rotatedTo(world.keys.trustRoot, change);
  const signatures = signaturesOver(trustRoot, [world.keys.root, ...signers]);
  await enterTrustRoot(world.decisions, { trustRoot, signatures, main });
  return { ...world, trustRoot, signatures };
}

function openWith(
  { remote, clock, keys }: TwoLedgers,
  { signer, trustRoot, branch }: { signer: Signer; trustRoot: TrustRoot; branch: LedgerBranch },
) {
  return openLedger({
    ...{ store: memoryLedgerStore(remote), signer, clock, chance: evenChance, branch, trustRoot },
    expectedRoot: keys.rootDigest,
  });
}

describe("entering a trust root", () => {
  it("is the last thing that a retired decision key signs; the new one goes on, and every reader follows", async () => {
    const next = memorySigner();
    const world = await rotated({ decision: [next] }, [next]);
    const { decisions, keys, trustRoot, remote } = world;
    await expect(decisions.append([lapsedDraft("a")])).rejects.toThrow(/key-retired/u);
    expect(decisions.whyRetired()).toContain("Trust root 2 is in force and does not name the key");
    const gate = openWith(world, { signer: next, trustRoot, branch: "audit/decisions" });
    expect(gate.whyRetired()).toBeNull();
    await gate.append([lapsedDraft("a")]);
    expect(gate.whyRetired()).toBeNull();
    const reader = openLedgerReader({
      store: memoryLedgerStore(remote),
      expectedRoot: keys.rootDigest,
    });
    const view = await reader.sync();
    expect(view.decisions.map(({ keyid }) => keyid)).toEqual([
      ...[keys.decision.keyid, keys.decision.keyid, next.keyid],
    ]);
    expect(entriesOf(view, "trust-root").at(-1)?.inputs.signatures).toEqual(world.signatures);
  });

  it("is repeatable, and retires nobody whose key stays", async () => {
    const world = await rotated({}, []);
    await enterTrustRoot(world.decisions, { ...world, main });
    expect(world.remote.commits("audit/decisions")).toHaveLength(2);
    expect(world.decisions.whyRetired()).toBeNull();
    await world.decisions.append([lapsedDraft("a")]);
  });

  it("is refused when nobody signed, and writes nothing", async () => {
    const world = await twoLedgers();
    const trustRoot = rotatedTo(world.keys.trustRoot, { decision: [memorySigner()] });
    await expect(
      enterTrustRoot(world.decisions, { trustRoot, signatures: [], main }),
    ).rejects.toThrow(/trust-root-too-few-signatures/u);
    expect(world.remote.commits("audit/decisions")).toHaveLength(1);
  });

  it("retires the executor's key: it is told why, and refused at its next start", async () => {
    const next = memorySigner();
    const world = await rotated({ execution: [next] }, [next]);
    const { executions, keys, trustRoot } = world;
    expect(executions.whyRetired()).toBeNull();
    await executions.sync();
    expect(executions.whyRetired()).toContain(keys.execution.keyid);
    await expect(executions.append([revokeIntentDraft("a")])).rejects.toThrow(/key-retired/u);
    const branch = "audit/executions";
    expect(() => openWith(world, { signer: keys.execution, trustRoot, branch })).toThrow(
      /Trust root 2 is in force and does not name the key/u,
    );
    await openWith(world, { signer: next, trustRoot, branch }).append([revokeIntentDraft("a")]);
  });

  it("retires no entry that the executor had written before, although the gate did not know of it yet", async () => {
    const next = memorySigner();
    const world = await twoLedgers();
    await world.executions.append([revokeIntentDraft("a")]);
    const trustRoot = rotatedTo(world.keys.trustRoot, { execution: [next] });
    const signatures = signaturesOver(trustRoot, [world.keys.root, next]);
    await enterTrustRoot(world.decisions, { trustRoot, signatures, main });
    expect((await world.decisions.sync()).executions).toHaveLength(1);
  });

  it("lets the executor go over without a pause where both keys are named", async () => {
    const next = memorySigner();
    const keys = acmeKeys();
    const world = await twoLedgers(main, keys);
    const trustRoot = rotatedTo(keys.trustRoot, { execution: [keys.execution, next] });
    const signatures = signaturesOver(trustRoot, [keys.root, next]);
    await enterTrustRoot(world.decisions, { trustRoot, signatures, main });
    await world.executions.append([revokeIntentDraft("a")]);
    const branch = "audit/executions";
    const after = openWith(world, { signer: next, trustRoot, branch });
    await after.append([revokeIntentDraft("b")]);
    expect((await after.sync()).executions).toHaveLength(2);
  });
});

describe("the trust root in force", () => {
  it("is the newest to which the chain from the pinned one leads", async () => {
    const next = memorySigner();
    const { remote, keys, trustRoot, decisions } = await rotated({ execution: [next] }, [next]);
    await decisions.append([lapsedDraft("a")]);
    const found = await trustRootInForce(memoryLedgerStore(remote), keys.rootDigest);
    expect(found.problem).toBeNull();
    expect(trustRootDigest(found.trustRoot ?? keys.trustRoot)).toBe(trustRootDigest(trustRoot));
  });

  it("is not known before the ledger begins, and not under another pin", async () => {
    const { remote } = await twoLedgers();
    const { rootDigest } = acmeKeys();
    const empty = await trustRootInForce(memoryLedgerStore(memoryLedgerRemote()), rootDigest);
    expect(empty).toEqual({ trustRoot: null, problem: null });
    const other = await trustRootInForce(memoryLedgerStore(remote), rootDigest);
    expect(other).toMatchObject({ trustRoot: null, problem: { code: "trust-root-unexpected" } });
  });

  it("is what was believed before the first fault: nothing after it changes whose keys count", async () => {
    const next = memorySigner();
    const { remote, keys } = await rotated({ execution: [next] }, [next]);
    const [first, second] = remote.commits("audit/decisions");
    if (first === undefined || second === undefined) throw new Error("two entries");
    remote.forcePush("audit/decisions", [first, { ...second, message: "forged" }]);
    const found = await trustRootInForce(memoryLedgerStore(remote), keys.rootDigest);
    expect(found.trustRoot?.version).toBe(1);
    expect(found.problem).not.toBeNull();
  });

  it("is known although the remote lost the ledger, and not when it does not answer", async () => {
    const { remote, keys } = await twoLedgers();
    const seen = memoryLedgerStore(remote);
    await seen.fetch();
    const failing = (error: Error): LedgerStore => ({
      ...seen,
      fetch: () => Promise.reject(error),
    });
    const lost = failing(new LedgerRewritten("gone", null));
    expect((await trustRootInForce(lost, keys.rootDigest)).trustRoot?.version).toBe(1);
    const away = failing(new LedgerUnreachable("away"));
    await expect(trustRootInForce(away, keys.rootDigest)).rejects.toThrow(LedgerUnreachable);
  });
});
