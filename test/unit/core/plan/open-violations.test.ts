import { describe, expect, it } from "vitest";
import type { CommandOutcome } from "../../../../src/core/model/command.ts";
import type { EntryOf } from "../../../../src/core/model/entry.ts";
import { clearingsOf } from "../../../../src/core/plan/open-violations.ts";
import { decided, entry, mergeCommit, violation } from "./plan-entries.ts";
import { mergedSnapshot } from "../../executor/decided.ts";

const by = { person: "frank", accounts: [1006] };
const command = (seq: number, effect: CommandOutcome["effect"]): EntryOf<"command"> =>
  entry(
    seq,
    "command",
    {
      ...{ pull: 7, snapshot: mergedSnapshot(decided, mergeCommit) },
      ...{ decidedAt: "2026-11-21T11:00:00Z" },
      asked: {
        ...{ comment: seq, at: "2026-11-21T11:00:00Z", text: "/access clear 1" },
        actor: { id: 1006, login: "frank", type: "User" },
      },
    },
    {
      ...{ outcome: effect === null ? "refused" : "carried-out", code: "CMD-X" },
      ...{ reason: "It is so.", effect },
    },
  );
const clearing = (seq: number, cleared: number) =>
  command(seq, { kind: "clearing", violation: cleared, by });

describe("clearingsOf", () => {
  it("names who cleared a violation first", () => {
    const first = clearing(3, 1);
    const all = [violation(1, {}), violation(2, {}), first, clearing(4, 1)];
    expect(clearingsOf(all)).toEqual(new Map([[1, first]]));
  });

  it.each([
    ["nothing", []],
    ["a refused command", [command(2, null)]],
    ["another command", [command(2, { kind: "review", outcome: "justified", by })]],
    ["a clearing that was there before it", [clearing(1, 2)]],
    ["a clearing of itself", [clearing(2, 2)]],
  ])("takes %s for none", (_, commands) => {
    expect(clearingsOf([...commands, violation(2, {})])).toEqual(new Map());
  });
});
