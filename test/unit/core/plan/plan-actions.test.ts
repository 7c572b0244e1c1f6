import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EndingCause } from "../../../../src/core/model/command.ts";
import type { Grant } from "../../../../src/core/model/grant.ts";
import { openGrants } from "../../../../src/core/plan/access-state.ts";
import type { OpenGrant } from "../../../../src/core/plan/access-state.ts";
import { preexistingAccess, revokeEffect } from "../../../../src/core/plan/access.ts";
import { indexDecisions } from "../../../../src/core/plan/decision-index.ts";
import type { DesiredGrant } from "../../../../src/core/plan/desired-grants.ts";
import { endingCause } from "../../../../src/core/plan/ending-cause.ts";
import { grantTimes, latestEnd } from "../../../../src/core/plan/grant-times.ts";
import { planActions } from "../../../../src/core/plan/plan-actions.ts";
import type { PlanInput } from "../../../../src/core/plan/plan-actions.ts";
import { digestOf } from "../../../support/ledger/drafts.ts";
import {
  decided,
  decision,
  file,
  grant,
  granted,
  intent,
  merge,
  mergeCommit,
  revokeIntent,
  violation,
  entry,
} from "./plan-entries.ts";

const noon = new Date("2026-11-21T12:00:00.000Z");
const end = new Date(grant.expiresAt);
const index = indexDecisions([decision(1), merge(2)]);

function open(change: Partial<OpenGrant> = {}, given: Partial<Grant> = {}): OpenGrant {
  const [found] = openGrants([intent(1, given), granted(2, given)]);
  if (found === undefined) throw new Error("not open");
  return { ...found, ...change };
}

function matched(name: string, state: "grant" | "begun", seq = 2): DesiredGrant {
  const { request } = decided;
  if (request === null) throw new Error("no request");
  const path = `access-requests/payments-db/${name}.yaml`;
  return {
    state,
    name,
    path,
    request: { ...request, name, path },
    decision: decision(1),
    merge: merge(seq),
  };
}

function plan(input: Partial<PlanInput>) {
  return planActions({
    desired: [],
    open: [],
    files: new Map([[file.path, file]]),
    index,
    over: new Set(),
    now: noon,
    newest: null,
    grants: "allowed",
    ...input,
  });
}

describe("endingCause", () => {
  const files = new Map([[file.path, file]]);
  const ending = (one: OpenGrant, change: Partial<Parameters<typeof endingCause>[1]> = {}) =>
    endingCause(one, { now: noon, files, index, over: new Set(), ...change });

  test("an active grant with its file goes on until its end, half-open", () => {
    expect(ending(open())).toBeNull();
    expect(ending(open(), { now: new Date(end.getTime() - 1) })).toBeNull();
    expect(ending(open(), { now: end })?.cause).toBe("expired");
  });

  test("an end that cannot be read has come", () => {
    expect(ending(open({}, { expiresAt: "soon" }))?.cause).toBe("expired");
  });

  test("it ends early when its file is gone or differs, or it is voided, or it failed", () => {
    expect(ending(open(), { files: new Map() })?.cause).toBe("file-removed");
    const differs = new Map([[file.path, { ...file, digest: digestOf("2") }]]);
    expect(ending(open(), { files: differs })?.cause).toBe("voided");
    const symlink = new Map([[file.path, { ...file, mode: "120000" }]]);
    expect(ending(open(), { files: symlink })?.cause).toBe("voided");
    const violated = indexDecisions([decision(1), merge(2), violation(3, { pull: 7 })]);
    expect(ending(open(), { index: violated })?.cause).toBe("voided");
    expect(ending(open({ failed: "yes" }))?.cause).toBe("failed-grant");
  });

  test("it ends early when somebody ended its request, by the pull request of the name or by its removal", () => {
    const by = { id: 1001, login: "alice", type: "User" } as const;
    const ended = (request: string, pull: number, cause: EndingCause) =>
      indexDecisions([
        decision(1),
        merge(2),
        entry(
          3,
          "ending",
          { request, path: file.path, pull, by, comment: null, incident: null },
          { cause, reason: "" },
        ),
      ]);
    expect(ending(open(), { index: ended("a", 7, "revoked") })?.cause).toBe("revoked");
    expect(ending(open(), { index: ended("a", 7, "withdrawn") })?.cause).toBe("revoked");
    expect(ending(open(), { index: ended("a", 8, "revoked") })?.cause).toBe("revoked");
    expect(ending(open(), { index: ended("a", 8, "withdrawn") })).toBeNull();
    expect(ending(open(), { index: ended("b", 7, "revoked") })).toBeNull();
    const over = { cause: "incident-closed", failure: null };
    expect(ending(open(), { index: ended("a", 7, "incident-closed") })).toEqual(over);
    expect(ending(open(), { over: new Set([open().grant.id]) })).toEqual(over);
    expect(ending(open(), { over: new Set(["grant:b"]) })).toBeNull();
  });

  test("a violation that names a commit ends the grant of that merge, and no other", () => {
    const violated = indexDecisions([decision(1), merge(2), violation(3, { commit: mergeCommit })]);
    expect(ending(open(), { index: violated })?.cause).toBe("voided");
    expect(ending(open({ merge: digestOf("7") }), { index: violated })).toBeNull();
    const unmerged = indexDecisions([decision(1), violation(3, { commit: mergeCommit })]);
    expect(ending(open(), { index: unmerged })).toBeNull();
  });

  test("a revoke that began goes on, whatever changed since", () => {
    expect(ending(open({ cause: "voided" }))?.cause).toBe("voided");
  });

  test("what cannot be read ends nothing early", () => {
    expect(ending(open(), { files: null })).toBeNull();
    expect(ending(open({ decision: null, merge: null }))).toBeNull();
    expect(ending(open({ merge: digestOf("7") }))).toBeNull();
    expect(ending(open(), { index: indexDecisions([]) })).toBeNull();
  });

  test("a grant that did not begin before its approvals lapsed fails; an active one goes on", () => {
    const lapsed = indexDecisions([decision(1, { notAfter: noon.toISOString() }), merge(2)]);
    expect(ending(open(), { index: lapsed })).toBeNull();
    expect(ending(open({ phase: "intended" }), { index: lapsed })).toMatchObject({
      cause: "failed-grant",
      failure: { code: "EXEC-LAPSED" },
    });
    const never = indexDecisions([decision(1, { notAfter: null }), merge(2)]);
    expect(ending(open({ phase: "intended" }), { index: never })?.cause).toBe("failed-grant");
    expect(ending(open({ phase: "intended" }))).toBeNull();
  });
});

describe("planActions", () => {
  test("what should be in effect and is not is provisioned, in the order of the merges", () => {
    const actions = plan({ desired: [matched("a", "grant", 9), matched("b", "grant", 3)] });
    expect(
      actions.map((action) => [action.kind, "matched" in action && action.matched.name]),
    ).toEqual([
      ["provision", "b"],
      ["provision", "a"],
    ]);
  });

  test("what was intended only is resumed; what is active is left", () => {
    const [intended] = openGrants([intent(1)]);
    expect(
      plan({ desired: [matched("a", "begun")], open: intended === undefined ? [] : [intended] }),
    ).toMatchObject([{ kind: "resume", open: { phase: "intended" } }]);
    expect(plan({ desired: [matched("a", "begun")], open: [open()] })).toEqual([]);
  });

  test("what was intended only and is refused for good fails; for now it waits", () => {
    const [intended] = openGrants([intent(1)]);
    const refused = {
      state: "refused",
      name: "a",
      path: file.path,
      code: "EXEC-USED",
      reason: "",
      decision: null,
    } as const;
    const given = { open: intended === undefined ? [] : [intended] };
    expect(plan({ ...given, desired: [{ ...refused, lasting: "for-good" }] })).toMatchObject([
      { kind: "revoke", leaving: [{ cause: "failed-grant", failure: { code: "EXEC-USED" } }] },
    ]);
    expect(plan({ ...given, desired: [{ ...refused, lasting: "for-now" }] })).toEqual([]);
    expect(plan({ open: [open()], desired: [{ ...refused, lasting: "for-good" }] })).toEqual([]);
  });

  test("a governed branch that cannot be read removes no file, and puts off no end", () => {
    expect(plan({ open: [open()], files: null })).toEqual([]);
    expect(plan({ open: [open()], files: new Map() })).toMatchObject([
      { kind: "revoke", leaving: [{ cause: "file-removed" }] },
    ]);
    expect(plan({ open: [open()], files: null, now: end })).toMatchObject([
      { kind: "revoke", leaving: [{ cause: "expired" }] },
    ]);
  });

  test("a stop of grants stops what begins and nothing that ends", () => {
    const input = { desired: [matched("b", "grant")], open: [open()], now: end };
    expect(plan({ ...input, grants: "stopped" }).map(({ kind }) => kind)).toEqual(["revoke"]);
    expect(plan(input).map(({ kind }) => kind)).toEqual(["provision", "revoke"]);
  });

  test("a clock behind the newest entry makes no grant, and revokes by that newer time", () => {
    const input = { desired: [matched("b", "grant")], open: [open()], newest: end };
    expect(plan(input).map(({ kind }) => kind)).toEqual(["revoke"]);
    expect(plan({ ...input, newest: noon }).map(({ kind }) => kind)).toEqual(["provision"]);
    expect(plan({ ...input, newest: new Date(Number.NaN) }).map(({ kind }) => kind)).not.toContain(
      "provision",
    );
  });

  test("add before remove, but only for the same access", () => {
    const elsewhere = open({}, { id: "grant:z", identity: "zoe" });
    const actions = plan({ desired: [matched("b", "grant")], open: [open(), elsewhere], now: end });
    expect(actions.map(({ kind, access }) => `${kind} ${access.identity}`)).toEqual([
      "revoke zoe",
      "provision alice",
      "revoke alice",
    ]);
  });

  test("grants of one access that end together are one revoke, which names who stays", () => {
    const later = open({}, { id: "grant:l", expiresAt: "2026-11-21T18:00:00.000Z" });
    const twin = open({}, { id: "grant:t" });
    expect(plan({ open: [open(), twin, later], now: end })).toMatchObject([
      {
        leaving: [{ open: { grant: { id: "grant:a" } } }, { open: { grant: { id: "grant:t" } } }],
        staying: ["grant:l"],
      },
    ]);
  });

  test("what is not active needs no access", () => {
    const [leaving] = openGrants([intent(1), revokeIntent(3)]);
    const later = { expiresAt: "2026-11-21T18:00:00.000Z" };
    const [intended] = openGrants([intent(4, { id: "grant:i", ...later })]);
    const all = [leaving, intended].flatMap((one) => one ?? []);
    expect(plan({ open: all })).toMatchObject([{ kind: "revoke", staying: [] }]);
  });

  test("no grant that is planned to end is planned to begin, and every one that is due ends", () => {
    const ends = fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 12 });
    fc.assert(
      fc.property(
        ends,
        fc.constantFrom("allowed" as const, "stopped" as const),
        (hours, grants) => {
          const all = hours.map((hour, at) =>
            open(
              {},
              {
                id: `grant:${at}`,
                identity: `i${at % 3}`,
                expiresAt: new Date(noon.getTime() + hour * 3_600_000).toISOString(),
              },
            ),
          );
          const actions = plan({ open: all, grants });
          const leaving = actions.flatMap((action) =>
            action.kind === "revoke" ? action.leaving.map((one) => one.open.grant.id) : [],
          );
          const due = all.filter(
            ({ grant: { expiresAt } }) => Date.parse(expiresAt) <= noon.getTime(),
          );
          expect([...leaving].sort()).toEqual(due.map(({ grant: { id } }) => id).sort());
        },
      ),
    );
  });
});

describe("what a revoke does and an intent records", () => {
  test.each([
    ["take-out", "no", []],
    ["still-needed", "no", ["grant:b"]],
    ["still-needed", "yes", ["grant:b"]],
    ["pre-existing", "yes", []],
  ] as const)("%s", (effect, preexisting, staying) => {
    expect(revokeEffect([{ ...grant, preexisting }], staying)).toBe(effect);
  });

  test("K5: only access that no open grant of ours explains existed before", () => {
    expect(preexistingAccess("no", [])).toBe("no");
    expect(preexistingAccess("yes", [])).toBe("yes");
    expect(preexistingAccess("yes", [grant])).toBe("no");
    expect(preexistingAccess("yes", [grant, { ...grant, preexisting: "yes" }])).toBe("yes");
    expect(preexistingAccess("no", [{ ...grant, preexisting: "yes" }])).toBe("no");
  });
});

describe("grantTimes", () => {
  test("the end is the activation plus the duration, in UTC", () => {
    expect(grantTimes(3600, "2026-11-21T12:00:00.001Z", noon)).toEqual({
      startsAt: "2026-11-21T12:00:00.000Z",
      expiresAt: "2026-11-21T13:00:00.000Z",
    });
  });

  test.each([
    ["at notAfter", 3600, "2026-11-21T12:00:00.000Z"],
    ["after notAfter", 3600, "2026-11-21T11:00:00.000Z"],
    ["without notAfter", 3600, null],
    ["with one that is no time", 3600, "tomorrow"],
    ["without a duration", 0, "2026-11-22T12:00:00.000Z"],
    ["with one that is no number", Number.NaN, "2026-11-22T12:00:00.000Z"],
  ])("nothing begins %s", (_, seconds, notAfter) => {
    expect(grantTimes(seconds, notAfter, noon)).toBeNull();
  });
});

describe("latestEnd", () => {
  test("is the latest beginning and the duration, which no grant passes", () => {
    const notAfter = "2026-11-21T12:00:00.001Z";
    expect(latestEnd(3600, notAfter)).toBe("2026-11-21T13:00:00.001Z");
    expect(grantTimes(3600, notAfter, noon)?.expiresAt).toBe("2026-11-21T13:00:00.000Z");
  });

  test.each([
    [3600, null],
    [3600, "soon"],
    [Infinity, "2026-11-21T12:00:00Z"],
  ])("of %d s until %s is not known", (seconds, notAfter) => {
    expect(latestEnd(seconds, notAfter)).toBeNull();
  });
});
