import { describe, expect, it } from "vitest";
import { decide } from "../../src/core/decide/decide.ts";
import { buildSnapshot, noon } from "../support/snapshot/build-snapshot.ts";
import type { Given } from "../support/snapshot/build-snapshot.ts";
import { exampleFiles } from "../support/snapshot/example-files.ts";

type Edit = readonly [path: string, from: string, to: string];

/** A change of governance by dave that erin and carol approve. */
function policy(...edits: readonly Edit[]): Given {
  const changes = [...Map.groupBy(edits, ([path]) => path)].map(([path, own]) => {
    const before = exampleFiles.find((file) => file.path === path)?.text ?? "";
    const text = own.reduce((changed, [, from, to]) => {
      if (!changed.includes(from)) throw new Error(`${path} does not contain ${from}`);
      return changed.replace(from, to);
    }, before);
    const modes = { modeBefore: "100644", modeAfter: "100644" };
    return { path, status: "modified" as const, ...modes, text, size: text.length };
  });
  const who = { author: "dave", commits: [{ authors: ["dave"] }] };
  return { ...who, changes, reviews: [{ by: "erin" }, { by: "carol" }] };
}

function codes(given: Given): readonly string[] {
  return decide(buildSnapshot(given), noon).reviews.map(({ code }) => code);
}

const counts = "SOD-COUNTS";
const gains = "SOD-INDEPENDENCE";
const people = "governance/people.yaml";
const roles = "governance/ROLES";

describe("D — policy and roles", () => {
  it("a change by which nobody gains is approved by two administrators", () => {
    const given = policy([people, "Builds the reports.", "Builds all reports."]);
    expect(codes(given)).toEqual([counts, counts]);
    expect(decide(buildSnapshot(given), noon).verdict).toBe("approved");
  });

  it.each<[string, readonly Edit[]]>([
    ["a role for their team", [[roles, "@acme/iam-operations", "@acme/iam-operations @acme/risk"]]],
    ["a role for their account", [[roles, "@acme/iam-operations", "@acme/iam-operations @carol"]]],
    ["a wider pattern", [[roles, "[control]", "[control]\n/** @acme/risk"]]],
    ["a second account", [[people, "id: 1003 }", "id: 1003 }, { login: c2, id: 7777 }"]]],
    ["a machine", [[people, "owner: alice", "owner: carol"]]],
    [
      "an approval that needs no other",
      [["governance/policy/standard.yaml", "- { role: approver, count: 1 }\n", ""]],
    ],
  ])("who would gain %s does not approve it", (_, edits) => {
    expect(codes(policy(...edits))).toEqual([counts, gains]);
  });

  it("who would be rid of a machine, and so no longer be kept from its requests, does not approve it", () => {
    const given = policy([people, "owner: alice", "owner: bob"]);
    const before = [{ path: people, from: "owner: alice", to: "owner: carol" }];
    expect(codes({ ...given, edit: before })).toEqual([counts, gains]);
  });

  it("who would no longer be in a team of somebody does not approve that", () => {
    const teams = { risk: ["carol", "judy"], "payments-dev": ["alice", "ivan"] };
    const edit = [
      { path: people, from: "teams: [analytics-dev]", to: "teams: [analytics-dev, risk]" },
    ];
    const given = policy([people, "Builds the reports.", "Builds all reports."]);
    expect(codes({ ...given, edit, teams })).toEqual([counts, gains]);
  });

  it("who would no longer be of the granting team does not approve that", () => {
    const target = "governance/targets/payments-db.yaml";
    const edit = [{ path: target, from: "owningTeam: payments-owners", to: "owningTeam: risk" }];
    const given = policy([target, "description: The PostgreSQL", "description: A PostgreSQL"]);
    expect(codes({ ...given, edit })).toEqual([counts, gains]);
  });

  it("who would approve with fewer beside them does not approve that", () => {
    const target = "governance/targets/analytics-db.yaml";
    const before = exampleFiles.find(({ path }) => path === target)?.text ?? "";
    expect(before).toContain("tier: low-risk");
    const stricter = [{ path: target, from: "tier: low-risk", to: "tier: standard" }];
    const named = { path: roles, from: "analytics-owners\n", to: "analytics-owners @carol\n" };
    const given = policy([target, "tier: low-risk", "tier: low-risk # softer"]);
    expect(codes({ ...given, edit: [...stricter, named] })).toEqual([counts, gains]);
  });

  it("a low-risk policy cannot let somebody of the requesting team approve", () => {
    const given: Given = {
      ...{ author: "lena", commits: [{ authors: ["lena"] }], reviews: [{ by: "ken" }] },
      path: "access-requests/analytics-db/2026-11-21-lena-report.yaml",
      spec: {
        ...{ requester: "lena", beneficiary: { kind: "human", name: "lena" } },
        ...{ target: "analytics-db", entitlement: "report", duration: "PT1H" },
      },
      edit: [
        {
          path: "governance/policy/low-risk.yaml",
          from: ", notFrom: [requesting-team]",
          to: "",
        },
      ],
    };
    expect(decide(buildSnapshot(given), noon).verdict).toBe("approved");
    const teams = { "analytics-dev": ["lena", "ken"] };
    expect(codes({ ...given, teams })).toEqual([gains]);
  });

  it("D2 a path that is only half a character is refused, not a crash", () => {
    const given = policy([people, "Builds the reports.", "Builds all reports."]);
    const changes = (given.changes ?? []).map((change) => ({
      ...change,
      path: "governance/policy/\ud800.yaml",
    }));
    expect(decide(buildSnapshot({ ...given, changes }), noon).verdict).toBe("denied");
  });

  it("F6 a fork is never green, not even where nothing is governed", () => {
    const changes = [
      {
        ...{ path: "docs/x.md", status: "added" as const, text: null, size: null },
        ...{ modeBefore: "000000", modeAfter: "100644" },
      },
    ];
    const pull = { crossRepository: true };
    expect(decide(buildSnapshot({ changes, pull }), noon).verdict).toBe("denied");
    expect(decide(buildSnapshot({ changes }), noon).verdict).toBe("approved");
  });
});
