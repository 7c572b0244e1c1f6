import { describe, expect, it, test } from "vitest";

import { canonicalJson } from "../../../../src/core/attest/canonical-json.ts";
import { sha256 } from "../../../../src/core/attest/digest.ts";
import { entryHome, isEntryType } from "../../../../src/core/attest/entry-home.ts";
import { subjectOf } from "../../../../src/core/attest/subject.ts";
import type { SubjectSource } from "../../../../src/core/attest/subject.ts";
import type { Draft, EntryType, LedgerBranch } from "../../../../src/core/model/entry.ts";
import type { Json } from "../../../../src/core/model/json.ts";
import { acmeKeys } from "../../../support/ledger/acme-keys.ts";
import { digestOf, grantOf, oidOf } from "../../../support/ledger/drafts.ts";
import { decided, decision } from "../plan/plan-entries.ts";

const grant = grantOf("a");
const path = "access-requests/payments-db/a.yaml";
const intent = digestOf("1");
const readBack = { at: grant.startsAt, identity: "alice", permissions: [] };

const sighting = {
  target: "payments-db",
  identity: "alice",
  permission: "payments_readwrite",
  firstSeenAt: grant.startsAt,
};

function source<T extends EntryType>(
  type: T,
  inputs: Draft<T>["inputs"],
  result: Draft<T>["result"],
): SubjectSource {
  return { type, inputs, result };
}

const sources: readonly [SubjectSource, string, string][] = [
  [
    source(
      "trust-root",
      { trustRoot: acmeKeys().trustRoot, main: oidOf("0") },
      { digest: digestOf("2") },
    ),
    "governance/trust-root.json",
    digestOf("2"),
  ],
  [
    source(
      "request",
      { pull: 7, head: oidOf("a"), path, digest: digestOf("3"), author: null },
      { name: "a", fingerprint: null, route: [], governance: oidOf("b") },
    ),
    path,
    digestOf("3"),
  ],
  [
    source(
      "approval-observed",
      {
        pull: 7,
        review: 71,
        reviewer: { id: 1002, login: "bob", type: "User" },
        state: "APPROVED",
        commit: oidOf("a"),
        baseRef: "main",
        submittedAt: grant.startsAt,
      },
      {
        contentDigest: digestOf("3"),
        governance: { roles: null, people: null, policy: null, catalogue: null },
      },
    ),
    "pull/7/review/71",
    "its own inputs",
  ],
  [
    source(
      "review-changed",
      {
        pull: 7,
        review: 71,
        reviewer: { id: 1002, login: "bob", type: "User" },
        change: "dismissed",
        by: null,
        state: "DISMISSED",
        commit: oidOf("a"),
      },
      {},
    ),
    "pull/7/review/71",
    "its own inputs",
  ],
  [
    source(
      "checkpoint",
      { date: "2026-11-21", head: { seq: 3, digest: digestOf("6") } },
      { entries: 4 },
    ),
    "checkpoint/2026-11-21",
    digestOf("6"),
  ],
  [
    source("checkpoint", { date: "2026-11-22", head: null }, { entries: 0 }),
    "checkpoint/2026-11-22",
    "its own inputs",
  ],
  [
    source(
      "push-observed",
      {
        branch: "request/a",
        before: null,
        after: oidOf("a"),
        actor: { id: 1001, login: "alice", type: "User" },
        at: grant.startsAt,
      },
      {},
    ),
    "branch/request/a",
    "its own inputs",
  ],
  [source("decision", decision(1).inputs, { decision: decided }), path, content(decided)],
  [
    source(
      "merge",
      { pull: 7, decision: digestOf("4"), head: oidOf("a"), mergeCommit: oidOf("c") },
      { kind: "request", requests: ["a"] },
    ),
    "pull/7",
    digestOf("4"),
  ],
  [
    source("lapsed", { request: "a", decision: digestOf("4") }, { notAfter: grant.expiresAt }),
    "a",
    digestOf("4"),
  ],
  [
    source("revert", { request: "a", path, cause: "expired" }, { pull: 8, branch: "x" }),
    path,
    "its own inputs",
  ],
  [
    source(
      "violation",
      { pull: 7, commit: null, request: "a", paths: [], by: [] },
      { code: "GATE-BYPASS", detail: "x" },
    ),
    "GATE-BYPASS",
    "its own inputs",
  ],
  [
    source(
      "grant-intent",
      { decision: digestOf("4"), merge: digestOf("5"), approvals: [71] },
      { grant },
    ),
    "grant:a",
    digestOf("5"),
  ],
  [source("grant", { intent, grant }, { readBack }), "grant:a", intent],
  [
    source(
      "grant-failed",
      { request: "a", decision: digestOf("4"), intent: null },
      { code: "EXEC-LAPSED", detail: "x" },
    ),
    "a",
    digestOf("4"),
  ],
  [source("revoke-intent", { grant, cause: "expired" }, {}), "grant:a", "its own inputs"],
  [source("revoke", { intent, grant }, { readBack }), "grant:a", intent],
  [source("revoke-failed", { intent, grant }, { detail: "x", readBack: null }), "grant:a", intent],
  [source("externally-removed", { grant }, { readBack }), "grant:a", "its own inputs"],
  [source("nothing-to-do", { intent, grant }, { detail: "x", readBack }), "grant:a", intent],
  [
    source(
      "drift-baseline",
      { target: "payments-db", at: grant.startsAt, identities: ["alice"], permissions: ["p"] },
      { held: [] },
    ),
    "drift/payments-db",
    "its own inputs",
  ],
  [
    source("drift", sighting, { mode: "warn", response: "warned", readBack }),
    "drift/payments-db",
    "its own inputs",
  ],
  [
    source("drift-outcome", sighting, { outcome: "gone", detail: "x", readBack }),
    "drift/payments-db",
    "its own inputs",
  ],
];

function content({ digests }: typeof decided): string {
  if (digests.content === null) throw new Error("the decision of the table has content");
  return digests.content;
}

function ofInputs({ inputs }: SubjectSource): string {
  return sha256(canonicalJson(inputs as unknown as Json));
}

describe("subjectOf", () => {
  test.each(sources)("names what a $type entry is about", (from, name, digest) => {
    const expected = digest === "its own inputs" ? ofInputs(from) : digest;
    expect(subjectOf(from)).toEqual({ name, digest: expected });
  });

  it("has a row for every entry type, each with the branch and the key that may write it", () => {
    const types = [...new Set(sources.map(([{ type }]) => type))];
    expect(types).toHaveLength(22);
    const home = { branch: "audit/executions", keyRole: "execution" };
    const peer = { branch: "audit/decisions", keyRole: "decision" };
    const on = (branch: LedgerBranch) =>
      types.filter((type) => entryHome(type, branch).branch === branch);
    expect(on("audit/executions")).toHaveLength(12);
    for (const type of on("audit/executions")) {
      expect(entryHome(type, "audit/executions")).toEqual(home);
    }
    for (const type of on("audit/decisions")) {
      expect(entryHome(type, "audit/decisions")).toEqual(peer);
    }
    const both = on("audit/executions").filter((type) => on("audit/decisions").includes(type));
    expect(both).toEqual(["checkpoint"]);
    expect(entryHome("grant", "audit/decisions")).toEqual(home);
    expect(entryHome("merge", "audit/executions")).toEqual(peer);
    expect(["toString", "__proto__", "constructor", "Decision", ""].filter(isEntryType)).toEqual(
      [],
    );
  });

  it("names a decision without a readable request by its PR, and one without content by its inputs", () => {
    const without = {
      ...decided,
      request: null,
      digests: { ...decided.digests, content: null },
    };
    const from = source("decision", decision(1).inputs, { decision: without });
    expect(subjectOf(from)).toEqual({ name: "pull/7", digest: ofInputs(from) });
  });
});
