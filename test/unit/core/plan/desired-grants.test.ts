import { describe, expect, test } from "vitest";
import type { Entry } from "../../../../src/core/model/entry.ts";
import type { ExecutionRecord } from "../../../../src/core/plan/access-state.ts";
import { desiredGrants } from "../../../../src/core/plan/desired-grants.ts";
import type { DesiredGrant } from "../../../../src/core/plan/desired-grants.ts";
import type { RequestFile } from "../../../../src/core/plan/match-decision.ts";
import { digestOf, oidOf } from "../../../support/ledger/drafts.ts";
import {
  decided,
  decision,
  entry,
  file,
  head,
  intent,
  merge,
  mergeCommit,
  violation,
} from "./plan-entries.ts";

const history = new Map([[mergeCommit, [oidOf("b"), head]]]);
const noon = new Date("2026-11-21T12:00:00.000Z");

interface Given {
  readonly file?: Partial<RequestFile>;
  readonly decisions?: readonly Entry[];
  readonly executions?: readonly ExecutionRecord[];
  readonly parents?: readonly string[];
  readonly now?: string;
}

function desired(given: Given): DesiredGrant | undefined {
  const parents = given.parents;
  return desiredGrants({
    files: [{ ...file, ...given.file }],
    branch: {
      name: "main",
      history: parents === undefined ? history : new Map([[mergeCommit, parents]]),
    },
    decisions: given.decisions ?? [decision(1), merge(2)],
    executions: given.executions ?? [],
    now: given.now === undefined ? noon : new Date(given.now),
  })[0];
}

test("a matching file is a grant that should be in effect, and names what it rests on", () => {
  expect(desired({})).toMatchObject({
    state: "grant",
    name: "a",
    request: decided.request,
    decision: { digest: decision(1).digest },
    merge: { digest: merge(2).digest },
  });
});

test("a file whose intent is written has begun, also after it ended", () => {
  expect(desired({ executions: [intent(1)], now: "2027-01-01T00:00:00Z" })?.state).toBe("begun");
});

test("a later approval of the same bytes does not void it", () => {
  expect(desired({ decisions: [decision(1), merge(2), decision(3)] })?.state).toBe("grant");
});

const other = { ...intent(1).result.grant, path: "access-requests/payments-db/b.yaml" };
const refusal = entry(
  1,
  "grant-failed",
  { request: "a", decision: decision(1).digest, intent: null },
  { code: "", detail: "" },
);
const lapsed = entry(3, "lapsed", { request: "a", decision: decision(1).digest }, { notAfter: "" });
const request = decided.request;
const otherRequest = request === null ? null : { ...request, digest: digestOf("9") };

describe("everything else is refused", () => {
  const table: readonly [string, string, "for-good" | "for-now", Given][] = [
    ["F1: no merge entry", "EXEC-NO-MERGE-ENTRY", "for-now", { decisions: [decision(1)] }],
    [
      "two merge entries of the name",
      "EXEC-MANY-MERGES",
      "for-good",
      { decisions: [decision(1), merge(2), merge(3, { decision: digestOf("5") })] },
    ],
    [
      "two merge entries of the decision",
      "EXEC-MANY-MERGES",
      "for-good",
      { decisions: [decision(1), merge(2), merge(3, {}, { requests: ["b"] })] },
    ],
    ["a decision that is not there", "EXEC-NO-DECISION", "for-now", { decisions: [merge(2)] }],
    [
      "a decision that is not approved",
      "EXEC-NOT-APPROVED",
      "for-good",
      { decisions: [decision(1, { verdict: "pending" }), merge(2)] },
    ],
    [
      "a decision about a removal",
      "EXEC-OTHER-REQUEST",
      "for-good",
      { decisions: [decision(1, { kind: "removal" }), merge(2)] },
    ],
    [
      "a decision without a request",
      "EXEC-OTHER-REQUEST",
      "for-good",
      { decisions: [decision(1, { request: null }), merge(2)] },
    ],
    [
      "a decision about another path",
      "EXEC-OTHER-REQUEST",
      "for-good",
      { file: { path: "access-requests/analytics-db/a.yaml" } },
    ],
    [
      "a decision about another name",
      "EXEC-OTHER-REQUEST",
      "for-good",
      {
        decisions: [
          decision(1, { request: request === null ? null : { ...request, name: "b" } }),
          merge(2),
        ],
      },
    ],
    [
      "a decision about another branch",
      "EXEC-OTHER-BRANCH",
      "for-good",
      { decisions: [decision(1, { baseRef: "staging" }), merge(2)] },
    ],
    [
      "B12: other bytes on main",
      "EXEC-CONTENT-DIFFERS",
      "for-good",
      { file: { digest: digestOf("2") } },
    ],
    ["G1: a symlink on main", "EXEC-CONTENT-DIFFERS", "for-good", { file: { mode: "120000" } }],
    [
      "a merge that is not on main",
      "EXEC-MERGE-NOT-ON-MAIN",
      "for-now",
      { decisions: [decision(1), merge(2, { mergeCommit: oidOf("d") })] },
    ],
    [
      "a merge of another head",
      "EXEC-HEAD-DIFFERS",
      "for-good",
      { parents: [oidOf("b"), oidOf("d")] },
    ],
    ["a squash merge", "EXEC-HEAD-DIFFERS", "for-good", { parents: [head] }],
    [
      "an octopus merge",
      "EXEC-HEAD-DIFFERS",
      "for-good",
      { parents: [oidOf("b"), head, oidOf("d")] },
    ],
    [
      "a merge entry that names another head",
      "EXEC-HEAD-DIFFERS",
      "for-good",
      { decisions: [decision(1), merge(2, { head: oidOf("d") })] },
    ],
    [
      "a merge entry of another PR",
      "EXEC-HEAD-DIFFERS",
      "for-good",
      { decisions: [decision(1), merge(2, { pull: 8 })] },
    ],
    [
      "a merged removal of the name",
      "EXEC-REMOVED",
      "for-good",
      {
        decisions: [
          decision(1),
          merge(2),
          merge(3, { decision: digestOf("5") }, { kind: "removal" }),
        ],
      },
    ],
    [
      "a merge after notAfter",
      "EXEC-LAPSED",
      "for-good",
      { decisions: [decision(1, { notAfter: "2026-11-21T10:00:00.000Z" }), merge(2)] },
    ],
    [
      "a decision without notAfter",
      "EXEC-LAPSED",
      "for-good",
      { decisions: [decision(1, { notAfter: null }), merge(2)] },
    ],
    [
      "a decision recorded as lapsed",
      "EXEC-LAPSED",
      "for-good",
      { decisions: [decision(1), merge(2), lapsed] },
    ],
    ["now is notAfter", "EXEC-LAPSED", "for-good", { now: "2026-11-22T10:00:00.000Z" }],
    [
      "a violation of the PR",
      "EXEC-VIOLATION",
      "for-now",
      { decisions: [decision(1), merge(2), violation(3, { pull: 7 })] },
    ],
    [
      "a violation of the request",
      "EXEC-VIOLATION",
      "for-now",
      { decisions: [decision(1), merge(2), violation(3, { request: "a" })] },
    ],
    [
      "a violation of the merge",
      "EXEC-VIOLATION",
      "for-now",
      { decisions: [decision(1), merge(2), violation(3, { commit: mergeCommit })] },
    ],
    [
      "a later decision that denies",
      "EXEC-VOIDED",
      "for-good",
      { decisions: [decision(1), merge(2), decision(3, { verdict: "denied" })] },
    ],
    [
      "a later decision about other bytes",
      "EXEC-VOIDED",
      "for-good",
      { decisions: [decision(1), merge(2), decision(3, { request: otherRequest })] },
    ],
    [
      "a later decision without a request",
      "EXEC-VOIDED",
      "for-good",
      { decisions: [decision(1), merge(2), decision(3, { request: null })] },
    ],
    [
      "a decision that made another grant",
      "EXEC-USED",
      "for-good",
      { executions: [{ ...intent(1), result: { grant: other } }] },
    ],
    [
      "a name that made another grant",
      "EXEC-USED",
      "for-good",
      { executions: [{ ...intent(1), inputs: { decision: "", merge: "", approvals: [] } }] },
    ],
    ["a refusal on record", "EXEC-FAILED-BEFORE", "for-good", { executions: [refusal] }],
    [
      "another refusal of what was refused on record",
      "EXEC-FAILED-BEFORE",
      "for-good",
      { executions: [refusal], file: { digest: digestOf("2") } },
    ],
  ];

  test.each(table)("%s", (_, code, lasting, given) => {
    expect(desired(given)).toMatchObject({ state: "refused", code, lasting });
  });
});

test("a violation of another PR changes nothing, nor does one from before the decision", () => {
  const decisions = [violation(0, { pull: 7 }), decision(1), merge(2), violation(3, { pull: 8 })];
  expect(desired({ decisions })?.state).toBe("grant");
});

test("files are judged in the order of their paths, whatever order they come in", () => {
  const files = ["c", "b", "d"].map((name) => ({
    ...file,
    path: `access-requests/payments-db/${name}.yaml`,
  }));
  const names = (list: readonly RequestFile[]): readonly string[] =>
    desiredGrants({
      files: list,
      branch: { name: "main", history },
      decisions: [],
      executions: [],
      now: noon,
    }).map((one) => one.name);
  expect(names(files)).toEqual(["b", "c", "d"]);
  expect(names([...files].reverse())).toEqual(["b", "c", "d"]);
});
