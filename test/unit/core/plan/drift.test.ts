import { describe, expect, it, test } from "vitest";
import type { DriftMode, Held } from "../../../../src/core/model/drift.ts";
import type { EntryDraft } from "../../../../src/core/model/entry.ts";
import { driftWatches, knownDrift, planDrift } from "../../../../src/core/plan/drift.ts";
import type { DriftPlan } from "../../../../src/core/plan/drift.ts";
import { parseGovernance } from "../../../../src/core/parse/parse-governance.ts";
import { exampleFiles } from "../../../support/snapshot/example-files.ts";

const target = "payments-db";
const before = "2026-11-20T10:00:00.000Z";
const now = new Date("2026-11-21T10:00:00.000Z");
const identities = ["alice", "ivan"];
const permissions = ["read", "write"];
const write = { identity: "alice", permission: "write" };

function draft<T extends EntryDraft["type"]>(
  type: T,
  inputs: (EntryDraft & { type: T })["inputs"],
  result: (EntryDraft & { type: T })["result"],
): EntryDraft {
  return { type, idempotencyKey: type, summary: "", delivery: null, inputs, result } as EntryDraft;
}

const readBack = { at: before, identity: "alice", permissions: ["write"] };
const sighting = { target, ...write, firstSeenAt: before };
const baseline = (held: readonly Held[], of = identities): EntryDraft =>
  draft("drift-baseline", { target, at: before, identities: of, permissions }, { held });
const drift = draft("drift", sighting, { mode: "warn", response: "warned", readBack });
const outcome = (result: "gone" | "failed"): EntryDraft =>
  draft("drift-outcome", sighting, { outcome: result, detail: "", readBack: null });

interface Given {
  readonly mode: DriftMode;
  readonly records: readonly EntryDraft[];
  readonly held?: readonly Held[];
  readonly preexisting?: readonly Held[];
  readonly most?: number;
}

function plan({ mode, records, held = [write], preexisting = [], most = 1 }: Given): DriftPlan {
  return planDrift({
    watch: { target, mode, mostPerPass: most, everyHours: 24, identities, permissions },
    looked: identities.map((identity) => {
      const own = held.filter((one) => one.identity === identity).map((one) => one.permission);
      return { readBack: { at: before, identity, permissions: own }, unexplained: own };
    }),
    known: knownDrift(records, target),
    ...{ preexisting, now },
  });
}

const two = [write, { identity: "ivan", permission: "read" }];

describe("planDrift", () => {
  test.each<[string, Given, readonly string[], number]>([
    ["nothing at the first look", { mode: "enforce", records: [] }, [], 0],
    ["nothing of the baseline", { mode: "enforce", records: [baseline([write])] }, [], 0],
    [
      "nothing of whom no baseline saw",
      { mode: "enforce", records: [baseline([], ["ivan"])] },
      [],
      0,
    ],
    ["only the record with observe", { mode: "observe", records: [baseline([])] }, ["observed"], 0],
    ["only the record with warn", { mode: "warn", records: [baseline([])] }, ["warned"], 0],
    ["what is new with enforce", { mode: "enforce", records: [baseline([])] }, ["taking-out"], 1],
    [
      "nothing that was there before a grant",
      { mode: "enforce", records: [baseline([])], preexisting: [write] },
      ["kept-preexisting"],
      0,
    ],
    [
      "nothing when it is more than may be",
      { mode: "enforce", records: [baseline([])], held: two },
      ["over-limit", "over-limit"],
      0,
    ],
    [
      "all when it is as much as may be",
      { mode: "enforce", records: [baseline([])], held: two, most: 2 },
      ["taking-out", "taking-out"],
      2,
    ],
    ["what is on record already", { mode: "enforce", records: [baseline([]), drift] }, [], 1],
    [
      "what failed before",
      { mode: "enforce", records: [baseline([]), drift, outcome("failed")] },
      [],
      1,
    ],
    [
      "what came back",
      { mode: "enforce", records: [baseline([]), drift, outcome("gone")] },
      ["taking-out"],
      1,
    ],
    [
      "of the baseline what went and came back",
      { mode: "enforce", records: [baseline([write]), outcome("gone")] },
      ["taking-out"],
      1,
    ],
  ])("takes out %s", (_, given, responses, takenOut) => {
    const { fresh, takeOut } = plan(given);
    expect(fresh.map(({ response }) => response)).toEqual(responses);
    expect(takeOut).toHaveLength(takenOut);
  });

  it("says what is gone, of the baseline too, and what the first look found", () => {
    const records = [baseline([write])];
    expect(plan({ mode: "observe", records, held: [] }).gone).toMatchObject([{ sighting }]);
    expect(plan({ mode: "observe", records }).baseline).toBeNull();
    expect(plan({ mode: "observe", records: [] }).baseline?.held).toEqual([write]);
    const more = plan({ mode: "enforce", records: [baseline([])], held: two });
    expect(more.overLimit).toBe(2);
  });

  it("keeps targets apart", () => {
    expect(knownDrift([baseline([]), drift, outcome("gone")], "other").open).toEqual([]);
    expect(knownDrift([baseline([])], "other").covers(write)).toBe("no");
  });
});

function withDrift(drift: string): ReturnType<typeof parseGovernance> {
  return parseGovernance(
    exampleFiles.map((file) => ({
      ...file,
      text: file.path.endsWith("/payments-db.yaml")
        ? file.text.replace("  entitlements:\n", `  drift: ${drift}\n  entitlements:\n`)
        : file.text,
    })),
  );
}

describe("driftWatches", () => {
  it("lists only targets that governance wants looked at, without the exempt", () => {
    const governance = withDrift("{ mode: warn, exempt: [alice] }");
    if (!governance.ok) throw new Error("the example has problems");
    expect(driftWatches(governance.value)).toMatchObject([
      { target, mode: "warn", mostPerPass: 10, everyHours: 24 },
    ]);
    expect(driftWatches(governance.value)[0]?.identities).not.toContain("alice");
    expect(driftWatches(governance.value)[0]?.identities).toContain("ivan");
  });

  it("refuses an exempt name that nobody has at the target", () => {
    const governance = withDrift("{ mode: warn, exempt: [alicia] }");
    const problems = governance.ok ? [] : governance.problems;
    expect(problems.map(({ path }) => path)).toEqual(["governance/targets/payments-db.yaml"]);
    expect(problems[0]?.message).toContain("alicia");
  });
});
