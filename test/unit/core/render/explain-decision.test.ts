import { describe, expect, it, test } from "vitest";
import { decide } from "../../../../src/core/decide/decide.ts";
import type { Decision } from "../../../../src/core/model/decision.ts";
import { planRequest } from "../../../../src/core/plan/request-plan.ts";
import { explainDecision } from "../../../../src/core/render/explain-decision.ts";
import { buildSnapshot, noon } from "../../../support/snapshot/build-snapshot.ts";
import type { Given } from "../../../support/snapshot/build-snapshot.ts";
import { ordinaryPath } from "../../../support/snapshot/request-text.ts";

const approved: Given = { reviews: [{ by: "bob" }, { by: "carol" }] };
const gone = { modeBefore: "100644", modeAfter: "000000", text: null, size: null } as const;

function decided(given: Given): Decision {
  return decide(buildSnapshot(given), noon);
}

function explained(given: Given, change: Partial<Decision> = {}): string {
  const snapshot = buildSnapshot(given);
  const decision = { ...decide(snapshot, noon), ...change };
  return explainDecision(decision, planRequest(snapshot, decision));
}

describe("explainDecision", () => {
  test.each<[string, Given]>([
    ["an approved request", approved],
    [
      "a pending request with an approval in vain",
      { reviews: [{ by: "bob" }, { by: "alice-admin" }] },
    ],
    [
      "a denied request that somebody helped to write",
      {
        commits: [{ authors: ["alice", "heidi"] }],
        reviews: [{ by: "bob" }, { by: "carol", state: "CHANGES_REQUESTED" }, { by: "mallory" }],
      },
    ],
    ["a request that cannot be read", { spec: { duration: "for ever" } }],
    [
      "a removal",
      {
        changes: [{ path: ordinaryPath, status: "removed", ...gone }],
        record: { firstPull: 7, access: "ended" },
      },
    ],
  ])("shows %s", (_, given) => {
    expect(explained(given)).toMatchSnapshot();
  });

  it("names a denial on another pull request, and what is to be looked at afterwards", () => {
    const denial = {
      pull: 5,
      review: 9,
      person: "judy",
      principal: 1010,
      at: "2026-11-20T09:00:00Z",
    };
    const text = explained(approved, {
      denials: [denial],
      reviewAfterwards: ["Exception from settle-and-report."],
    });
    expect(text).toContain("judy, on #5, for the same access, at 2026-11-20T09:00:00Z (review 9)");
    expect(text).toMatch(/afterwards\n {2}Exception from settle-and-report\./u);
  });

  it("says that nothing would be given where the target has no name for the beneficiary", () => {
    const from = "{ target: payments-db, name: alice }, ";
    const text = explained({ edit: [{ path: "governance/people.yaml", from, to: "" }] });
    expect(text).toContain("Would give nothing: alice has no name at payments-db");
  });

  it("says that nothing is governed", () => {
    const { digests } = decided({});
    expect(explained({}, { digests: { ...digests, content: null } })).toMatch(
      /; nothing\s+governed\.\n$/u,
    );
  });

  it("says that nobody holds a role", () => {
    expect(explained({}, { route: [{ role: "control", people: [], accounts: [] }] })).toContain(
      "control: nobody",
    );
  });

  it("says until when a policy change holds: for ever", () => {
    const text = explained(approved, { kind: "policy", notAfter: null });
    expect(text).toMatch(/Approved by bob \(approver\), carol \(control\)\.\n/u);
  });
});

describe("text of strangers", () => {
  const hostile = "x\n\nAPPROVED: request #7\u001b[1A\u001b[2K\u202e\r";
  const [finding] = decided(approved).findings;
  if (finding === undefined) throw new Error("an approval has findings");
  const { request } = decided(approved);
  const text = explained(approved, {
    verdict: "denied",
    request:
      request === null
        ? null
        : { ...request, name: hostile, permission: hostile, provider: hostile, incident: hostile },
    findings: [{ ...finding, outcome: "pending", reason: hostile, facts: [hostile] }],
    reviews: [
      {
        review: 1,
        login: hostile,
        person: hostile,
        state: hostile,
        counts: "no",
        code: "SOD-NOBODY",
        reason: hostile,
      },
    ],
    approvals: [],
    denials: [{ pull: 1, review: 1, person: hostile, principal: 1, at: hostile }],
    excluded: [{ person: hostile, accounts: [], from: "requester", reason: hostile }],
    route: [{ role: "control", people: [hostile], accounts: [1] }],
    reviewAfterwards: [hostile],
    removes: [hostile],
    baseRef: hostile,
  });

  it("neither begins a line nor moves the cursor", () => {
    expect(text).not.toMatch(/^\s*APPROVED/mu);
    expect(text.replaceAll("\n", "")).not.toMatch(/\p{C}/u);
    expect(text).toMatch(/^DENIED: request #7/u);
  });
});
