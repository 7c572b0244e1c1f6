import { describe, expect, it } from "vitest";
import { checkpointsHold } from "../../../src/audit/rules/checkpoints-hold.ts";
import type { AuditCase } from "../../../src/audit/audit-case.ts";
import type { Draft } from "../../../src/core/model/entry.ts";
import type { LedgerView } from "../../../src/core/attest/ledger-view.ts";
import { writeCheckpoint } from "../../../src/record/write-checkpoint.ts";
import { digestOf, lapsedDraft } from "../../support/ledger/drafts.ts";
import { twoLedgers } from "../../support/ledger/two-ledgers.ts";

const noon = new Date("2026-11-21T12:00:00.000Z");

function findings(view: LedgerView) {
  const given: AuditCase = { view, governed: [], anchors: [], newestDecision: -1, now: noon };
  return checkpointsHold(given).map(({ code, actual }) => `${code}: ${actual}`);
}

function saying(head: Draft<"checkpoint">["inputs"]["head"], entries: number): Draft<"checkpoint"> {
  return {
    ...{ type: "checkpoint", idempotencyKey: "checkpoint:2026-11-21", summary: "a checkpoint" },
    ...{ delivery: null, inputs: { date: "2026-11-21", head }, result: { entries } },
  };
}

describe("checkpoints", () => {
  it("hold as their writers write them, on either ledger", async () => {
    const { decisions, executions } = await twoLedgers();
    await decisions.append([lapsedDraft("a")]);
    await writeCheckpoint(decisions, noon);
    await executions.sync();
    await writeCheckpoint(executions, noon);
    expect(findings(await decisions.sync())).toEqual([]);
    expect(findings(await executions.sync())).toEqual([]);
  });

  it("must count what was there and name what stands there", async () => {
    for (const [lie, said] of [
      ["a count that is too small", "1 entries"],
      ["an entry that is nowhere", "there is no such entry"],
      ["another entry's number", "it is entry 1 of audit/decisions"],
      ["nothing, and yet a count", "2 entries"],
    ] as const) {
      const { decisions } = await twoLedgers();
      const [entry] = await decisions.append([lapsedDraft("a")]);
      const digest = entry?.digest ?? "";
      const lies = {
        "a count that is too small": saying({ seq: 1, digest }, 1),
        "an entry that is nowhere": saying({ seq: 1, digest: digestOf("9") }, 2),
        "another entry's number": saying({ seq: 0, digest }, 1),
        "nothing, and yet a count": saying(null, 2),
      };
      await decisions.append([lies[lie]]);
      expect(findings(decisions.view()), lie).toEqual([`checkpoint-disagrees: ${said}`]);
    }
  });

  it("go forward: an old number is nothing to keep", async () => {
    const { decisions } = await twoLedgers();
    const [entry] = await decisions.append([lapsedDraft("a")]);
    await writeCheckpoint(decisions, noon);
    const old = saying({ seq: 1, digest: entry?.digest ?? "" }, 2);
    await decisions.append([{ ...old, idempotencyKey: "checkpoint:2026-11-22" }]);
    expect(findings(decisions.view())).toEqual(["checkpoint-disagrees: 2 entries"]);
  });
});
