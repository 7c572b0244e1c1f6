import { describe, expect, it } from "vitest";
import {
  memoryLedgerRemote,
  memoryLedgerStore,
} from "../../../src/adapters/memory/memory-ledger-store.ts";
import { compareLedgers } from "../../../src/audit/compare-ledgers.ts";
import { readLedgers } from "../../../src/audit/read-ledgers.ts";
import { renderComparison } from "../../../src/audit/render-comparison.ts";
import type { LedgerView } from "../../../src/core/attest/ledger-view.ts";
import { ensureTrustRoot } from "../../../src/record/ensure-trust-root.ts";
import { lapsedDraft, oidOf, revokeIntentDraft } from "../../support/ledger/drafts.ts";
import { stableText } from "../../support/ledger/stable-text.ts";
import { executorLedger, gateLedger, twoLedgers } from "../../support/ledger/two-ledgers.ts";
import type { TwoLedgers } from "../../support/ledger/two-ledgers.ts";

async function viewOf(remote: TwoLedgers["remote"], root: string): Promise<LedgerView> {
  const store = memoryLedgerStore(remote);
  await store.fetch();
  return (await readLedgers(store, root)).view;
}

/** Makes one ledger, and a second remote that goes on from there by itself, signed by the same key. */
async function twice() {
  const world = await twoLedgers();
  await world.decisions.append([lapsedDraft("a")]);
  const other = memoryLedgerRemote();
  for (const branch of ["audit/decisions", "audit/executions"] as const) {
    other.forcePush(branch, world.remote.commits(branch));
  }
  const second = gateLedger(world.keys, world.clock, memoryLedgerStore(other));
  const secondExecutor = executorLedger(world.keys, world.clock, memoryLedgerStore(other));
  await second.sync();
  await secondExecutor.sync();
  const views = async () => ({
    a: await viewOf(world.remote, world.keys.rootDigest),
    b: await viewOf(other, world.keys.rootDigest),
  });
  return { world, second, secondExecutor, other, views };
}

describe("the ledgers of two clones", () => {
  it("are the same, or one is behind", async () => {
    const { world, views } = await twice();
    const same = await views();
    expect(compareLedgers(same.a, same.b)).toEqual([
      { branch: "audit/decisions", state: "same", entries: 2 },
      { branch: "audit/executions", state: "same", entries: 0 },
    ]);
    await world.decisions.append([lapsedDraft("b"), lapsedDraft("c")]);
    const { a, b } = await views();
    expect(compareLedgers(a, b)[0]).toMatchObject({
      state: "behind",
      which: "B",
      by: 2,
      common: 2,
    });
    expect(compareLedgers(b, a)[0]).toMatchObject({
      state: "behind",
      which: "A",
      by: 2,
      common: 2,
    });
  });

  it("are forked where one number is signed twice, however long they are, with what each says", async () => {
    const { world, second, views } = await twice();
    await world.decisions.append([lapsedDraft("b"), lapsedDraft("c")]);
    await second.append([lapsedDraft("other\u001b[2J")]);
    const { a, b } = await views();
    const compared = compareLedgers(a, b);
    expect(compared[0]).toMatchObject({
      ...{ branch: "audit/decisions", state: "forked", after: 1 },
      a: { seq: 2, title: "LAPSED: b was not merged and active before 2026-11-21T09:00:00Z." },
    });
    const text = renderComparison(compared, { a: "here.git", b: "there.git" });
    expect(text).not.toContain("\u001b");
    await expect(stableText(text)).toMatchFileSnapshot("__snapshots__/forked-ledger.txt");
  });

  it("are forked where the same statement lies in another commit", async () => {
    const { world, other, views } = await twice();
    const [first, last] = world.remote.commits("audit/decisions");
    if (first === undefined || last === undefined) throw new Error("two entries");
    other.forcePush("audit/decisions", [first, { ...last, commit: "9".repeat(40) }]);
    const { a, b } = await views();
    expect(compareLedgers(a, b)[0]).toMatchObject({ state: "forked", after: 0 });
  });

  it("are each compared by itself: one can be ahead while the other is behind", async () => {
    const { world, secondExecutor, views } = await twice();
    await world.decisions.append([lapsedDraft("b")]);
    await secondExecutor.append([revokeIntentDraft("a"), revokeIntentDraft("b")]);
    const { a, b } = await views();
    expect(compareLedgers(a, b)).toEqual([
      { branch: "audit/decisions", state: "behind", which: "B", by: 1, common: 2 },
      { branch: "audit/executions", state: "behind", which: "A", by: 2, common: 0 },
    ]);
  });

  it("can both be forked, and each fork is told", async () => {
    const { world, second, secondExecutor, views } = await twice();
    await world.decisions.append([lapsedDraft("b")]);
    await world.executions.append([revokeIntentDraft("a")]);
    await second.append([lapsedDraft("c")]);
    await secondExecutor.append([revokeIntentDraft("c")]);
    const { a, b } = await views();
    const compared = compareLedgers(a, b);
    expect(compared).toMatchObject([
      { branch: "audit/decisions", state: "forked", after: 1, a: { seq: 2 }, b: { seq: 2 } },
      { branch: "audit/executions", state: "forked", after: -1, a: { seq: 0 }, b: { seq: 0 } },
    ]);
    const text = renderComparison(compared, { a: "here.git", b: "there.git" });
    expect(text).toContain("audit/decisions: FORKED after entry 1.");
    expect(text).toContain("audit/executions: FORKED from the first entry on.");
  });

  it("are forked from the first entry on where one trust root was put on record twice", async () => {
    const { world } = await twice();
    const other = memoryLedgerRemote();
    const again = gateLedger(world.keys, world.clock, memoryLedgerStore(other));
    await ensureTrustRoot(again, world.keys.trustRoot, oidOf("1"));
    const [a, b] = [
      await viewOf(world.remote, world.keys.rootDigest),
      await viewOf(other, world.keys.rootDigest),
    ];
    expect(compareLedgers(a, b)).toMatchObject([
      { branch: "audit/decisions", state: "forked", after: -1, a: { type: "trust-root" } },
      { branch: "audit/executions", state: "same", entries: 0 },
    ]);
  });

  it("are forked after the last entry that both believe, and not after one that only one does", async () => {
    const { world, second, other, views } = await twice();
    await world.decisions.append([lapsedDraft("b"), lapsedDraft("c")]);
    await second.append([lapsedDraft("b"), lapsedDraft("d")]);
    const [zero, one, two, three] = other.commits("audit/decisions");
    if (zero === undefined || one === undefined || two === undefined || three === undefined) {
      throw new Error("four entries");
    }
    other.forcePush("audit/decisions", [zero, one, { ...two, bytes: null }, three]);
    const { a, b } = await views();
    expect(compareLedgers(a, b)[0]).toMatchObject({
      ...{ state: "forked", after: 1 },
      ...{ a: { seq: 3 }, b: { seq: 3 } },
    });
  });
});
