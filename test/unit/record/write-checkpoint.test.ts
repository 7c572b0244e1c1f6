import { describe, expect, it } from "vitest";
import {
  memoryLedgerRemote,
  memoryLedgerStore,
} from "../../../src/adapters/memory/memory-ledger-store.ts";
import { entriesOf } from "../../../src/core/attest/ledger-view.ts";
import type { EntryDraft } from "../../../src/core/model/entry.ts";
import { DraftRefused } from "../../../src/record/ledger-errors.ts";
import { openLedgerReader } from "../../../src/record/ledger-reader.ts";
import { writeCheckpoint } from "../../../src/record/write-checkpoint.ts";
import { acmeKeys } from "../../support/ledger/acme-keys.ts";
import { lapsedDraft } from "../../support/ledger/drafts.ts";
import { stillClock } from "../../support/ledger/still-clock.ts";
import { gateLedger, twoLedgers } from "../../support/ledger/two-ledgers.ts";

const noon = new Date("2026-11-21T12:00:00.000Z");
const nextDay = new Date("2026-11-22T00:00:00.000Z");

describe("writeCheckpoint", () => {
  it("says on either branch how many entries it had and which was the newest, and what was seen of the other", async () => {
    const { keys, remote, decisions, executions } = await twoLedgers();
    await decisions.append([lapsedDraft("a")]);
    await executions.sync();
    await writeCheckpoint(executions, noon);
    await decisions.sync();
    await writeCheckpoint(decisions, noon);
    const [, lapsed] = decisions.view().decisions;

    const store = memoryLedgerStore(remote);
    const view = await openLedgerReader({ store, expectedRoot: keys.rootDigest }).sync();
    const [first, second] = entriesOf(view, "checkpoint").toSorted((a, b) => b.seq - a.seq);
    const head = { seq: 1, digest: lapsed?.digest };
    expect(first).toMatchObject({
      branch: "audit/decisions",
      inputs: { date: "2026-11-21", head },
    });
    expect(first).toMatchObject({ result: { entries: 2 }, prev: lapsed?.digest });
    expect(first?.observedPeer?.digest).toBe(second?.digest);
    expect(second).toMatchObject({ branch: "audit/executions", inputs: { head: null } });
    expect(second).toMatchObject({ result: { entries: 0 }, observedPeer: head });
  });

  it("is written once a day, on quiet days too, and not for days that the writer slept through", async () => {
    const { decisions, remote } = await twoLedgers();
    for (const now of [noon, noon, new Date("2026-11-21T23:59:59.999Z"), nextDay, noon]) {
      await writeCheckpoint(decisions, now);
    }
    await writeCheckpoint(decisions, new Date("2026-12-24T00:00:00.000Z"));
    const dates = entriesOf(decisions.view(), "checkpoint").map(({ inputs }) => inputs.date);
    expect(dates).toEqual(["2026-11-21", "2026-11-22", "2026-12-24"]);
    expect(remote.commits("audit/decisions")).toHaveLength(4);
  });

  it("is not doubled by a second writer of the same branch", async () => {
    const { keys, clock, remote, decisions } = await twoLedgers();
    const other = gateLedger(keys, clock, memoryLedgerStore(remote));
    await other.sync();
    await Promise.all([writeCheckpoint(decisions, noon), writeCheckpoint(other, noon)]);
    expect(remote.commits("audit/decisions")).toHaveLength(2);
  });

  it("has nothing to anchor before the trust root", async () => {
    const remote = memoryLedgerRemote();
    await writeCheckpoint(gateLedger(acmeKeys(), stillClock(), memoryLedgerStore(remote)), noon);
    expect(remote.commits("audit/decisions")).toEqual([]);
  });

  it.each([
    ["a day that is none", { date: "2026-13-01", head: null }],
    ["a time of day", { date: "2026-11-21T00:00:00Z", head: null }],
    ["a head that is no digest", { date: "2026-11-21", head: { seq: 1, digest: "x" } }],
  ])("is refused with %s", async (_, inputs) => {
    const { decisions } = await twoLedgers();
    const draft: EntryDraft = {
      ...{ type: "checkpoint", idempotencyKey: "checkpoint:x", summary: "x", delivery: null },
      ...{ inputs, result: { entries: 0 } },
    };
    await expect(decisions.append([draft])).rejects.toThrow(DraftRefused);
  });
});
