import { describe, expect, it } from "vitest";
import { backtestDecisions } from "../../../src/audit/backtest-decisions.ts";
import type { Backtest } from "../../../src/audit/backtest-decisions.ts";
import { renderBacktest } from "../../../src/audit/render-backtest.ts";
import { emptyView, extendView } from "../../../src/core/attest/ledger-view.ts";
import type { EntryOf } from "../../../src/core/model/entry.ts";
import { parseGovernance } from "../../../src/core/parse/parse-governance.ts";
import { decisionDraft } from "../../support/ledger/decided-clone.ts";
import type { Recorded } from "../../support/ledger/decided-clone.ts";
import { digestOf, oidOf } from "../../support/ledger/drafts.ts";
import { edited } from "../../support/snapshot/build-snapshot.ts";
import type { Edit, Given } from "../../support/snapshot/build-snapshot.ts";
import { exampleFiles } from "../../support/snapshot/example-files.ts";

const noon = "2026-11-21T12:00:00.000Z";
const approved: Given = { reviews: [{ by: "bob" }, { by: "carol" }] };

function entry(recorded: Recorded, seq: number): EntryOf<"decision"> {
  return {
    ...decisionDraft(recorded),
    branch: "audit/decisions",
    seq,
    digest: digestOf(String(seq)),
    prev: null,
    prevBySigner: null,
    observedPeer: null,
    at: recorded.at,
    keyid: digestOf("k"),
    commit: oidOf("c"),
  };
}

function backtest(
  edits: readonly Edit[],
  recorded: readonly Recorded[],
  since = "2026-11-01T00:00:00Z",
): Backtest {
  const files = edited(exampleFiles, edits);
  const governance = parseGovernance(files);
  if (!governance.ok) throw new Error(JSON.stringify(governance.problems));
  const view = extendView(emptyView, recorded.map(entry));
  return backtestDecisions(view, new Date(since), { files, governance: governance.value });
}

const privileged = "governance/policy/privileged.yaml";
const shorter: Edit = { path: privileged, from: "maxDuration: PT8H", to: "maxDuration: PT2H" };
const none: Backtest = { decided: 1, changes: [], undecidable: [] };

describe("backtestDecisions", () => {
  it("finds nothing under the governance on record", () => {
    expect(backtest([], [{ pull: 7, at: noon, given: approved }])).toEqual(none);
  });

  it("lists what would be denied, with the findings that differ and no others", () => {
    const found = backtest([shorter], [{ pull: 7, at: noon, given: approved }]);
    expect(found.changes).toEqual([
      {
        seq: 0,
        pull: 7,
        request: "2026-11-21-alice-settlement",
        decidedAt: noon,
        was: "approved",
        wouldBe: "denied",
        findings: [
          {
            code: "SOD-REQUEST",
            was: "satisfied",
            wouldBe: "violated",
            reason: expect.stringContaining("PT2H at most") as string,
          },
        ],
      },
    ]);
  });

  it("lists what would be approved: a policy that is softer than it looks", () => {
    const softer: Edit = {
      path: "governance/ROLES",
      from: "*                                 @acme/risk",
      to: "*                                 @acme/risk @frank",
    };
    const waiting = { reviews: [{ by: "bob" }, { by: "frank" }] };
    // Who could count was fixed by the governance on record, and must be that of the other one here.
    const openings = [
      {
        pull: 7,
        at: "2026-11-21T08:00:00Z",
        fingerprint: {
          person: "alice",
          accounts: [1001, 1011],
          target: "payments-db",
          entitlement: "readwrite",
          contains: ["readonly", "readwrite"],
        },
        route: [
          {
            role: "approver" as const,
            people: ["bob", "heidi", "ivan"],
            accounts: [1002, 1008, 1009],
          },
          { role: "control" as const, people: ["carol", "judy"], accounts: [1003, 1010] },
        ],
      },
    ];
    const found = backtest(
      [softer],
      [{ pull: 7, at: noon, given: { ...waiting, ledger: { openings } } }],
    );
    expect(found.changes).toMatchObject([{ was: "pending", wouldBe: "approved" }]);
    expect(
      backtest([], [{ pull: 7, at: noon, given: { ...waiting, ledger: { openings } } }]),
    ).toEqual(none);
  });

  it("lists findings that one of the two does not have", () => {
    const text = {
      path: privileged,
      from: "role: approver, count: 1",
      to: "role: break-glass, count: 1",
    };
    const [change] = backtest([text], [{ pull: 7, at: noon, given: approved }]).changes;
    expect(change?.findings).toMatchObject([
      { code: "SOD-STEP-APPROVER", was: "satisfied", wouldBe: null },
      { code: "SOD-STEP-BREAK-GLASS", was: null, wouldBe: "pending" },
    ]);
  });

  it("counts a team that was not read then by people.yaml alone", () => {
    const team: readonly Edit[] = [
      { path: "governance/people.yaml", from: "teams: [risk]", to: "teams: [fraud]" },
      {
        path: "governance/people.yaml",
        from: "    - { name: audit,",
        to: "    - { name: fraud, description: Fraud. }\n    - { name: audit,",
      },
      {
        path: "governance/ROLES",
        from: "*                                 @acme/risk",
        to: "* @acme/fraud",
      },
    ];
    expect(backtest(team, [{ pull: 7, at: noon, given: approved }])).toEqual(none);
  });

  it("takes the opening away with the governance that it was under", () => {
    const opening: readonly Edit[] = [{ path: privileged, from: "PT8H", to: "PT3H" }];
    const denied: Recorded = { pull: 7, at: noon, given: { ...approved, opening } };
    expect(backtest([], [denied]).changes).toMatchObject([{ was: "denied", wouldBe: "approved" }]);
  });

  it("takes the newest decision on each pull request, and its newest approval", () => {
    const at = (hour: number) => `2026-11-21T${hour}:00:00.000Z`;
    const closed: Given = { ...approved, pull: { state: "closed" } };
    const recorded: readonly Recorded[] = [
      { pull: 7, at: at(10), given: {} },
      { pull: 7, at: at(11), given: approved },
      { pull: 8, at: at(12), given: approved },
      { pull: 7, at: at(13), given: closed },
    ];
    const found = backtest([shorter], recorded);
    expect(found.decided).toBe(3);
    expect(found.changes.map(({ seq, pull }) => [seq, pull])).toEqual([
      [1, 7],
      [2, 8],
      [3, 7],
    ]);
  });

  it("leaves out what was decided before, and what is no request", () => {
    const edit: Edit = { path: privileged, from: "maxDuration: PT8H", to: "maxDuration: PT4H" };
    const recorded: readonly Recorded[] = [
      { pull: 7, at: "2026-11-21T11:59:59.999Z", given: approved },
      { pull: 8, at: noon, given: { policy: [edit], author: "dave" } },
    ];
    expect(backtest([shorter], recorded, noon)).toEqual({ ...none, decided: 0 });
    expect(backtest([shorter], recorded, "2026-11-21T11:59:59.999Z").decided).toBe(1);
  });

  it("says that a decision which this version does not repeat cannot be compared", () => {
    const lie = { notAfter: null };
    const found = backtest([shorter], [{ pull: 7, at: noon, given: approved, lie }]);
    expect(found).toMatchObject({
      decided: 0,
      changes: [],
      undecidable: [{ pull: 7, seq: 0, reason: expect.stringContaining("audit verify") as string }],
    });
  });
});

describe("renderBacktest", () => {
  it("shows was and would be, the reasons, and the sum", () => {
    const lie = { head: oidOf("f") };
    const text = renderBacktest(
      backtest(
        [shorter],
        [
          { pull: 7, at: noon, given: approved },
          { pull: 8, at: noon, given: {}, lie },
        ],
      ),
    );
    expect(text).toMatchSnapshot();
  });

  it("says when nothing would change, and when nothing was decided", () => {
    expect(renderBacktest(none)).toBe("1 decision made again: no verdict would change.\n");
    expect(renderBacktest({ ...none, decided: 0 })).toContain("nothing can be told");
  });
});
