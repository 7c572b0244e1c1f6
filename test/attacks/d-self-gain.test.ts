import { describe } from "vitest";
import { attack } from "./attack.ts";
import { changing, harmless } from "./changing.ts";
import { refusedBy } from "./refused-by.ts";

const people = "governance/people.yaml";
const roles = "governance/ROLES";

describe("nobody approves a change by which they gain", () => {
  for (const [title, edits] of [
    ["a role for their team", [[roles, "@acme/iam-operations", "@acme/iam-operations @acme/risk"]]],
    ["a role for their account", [[roles, "@acme/iam-operations", "@acme/iam-operations @carol"]]],
    [
      "a role for their login in another case",
      [[roles, "@acme/iam-operations", "@acme/iam-operations @CAROL"]],
    ],
    ["a wider pattern", [[roles, "[control]", "[control]\n/** @acme/risk"]]],
    ["a second account", [[people, "id: 1003 }", "id: 1003 }, { login: c2, id: 7777 }"]]],
    ["a machine", [[people, "owner: alice", "owner: carol"]]],
    [
      "an approval that needs no other",
      [["governance/policy/standard.yaml", "- { role: approver, count: 1 }\n", ""]],
    ],
  ] as const) {
    attack(
      "§1",
      `approve ${title}`,
      refusedBy("SOD-INDEPENDENCE", {
        attempt: changing(edits.map(([path, from, to]) => ({ path, from, to }))),
        honest: changing([harmless]),
      }),
    );
  }
  const carolsMachine = [{ path: people, from: "owner: alice", to: "owner: carol" }];
  attack(
    "§1",
    "approve that one is rid of a machine",
    refusedBy("SOD-INDEPENDENCE", {
      attempt: changing([{ path: people, from: "owner: carol", to: "owner: bob" }], {
        edit: carolsMachine,
      }),
      honest: changing([harmless], { edit: carolsMachine }),
    }),
  );
  const dev = { path: people, from: "teams: [analytics-dev]", to: "teams: [analytics-dev, risk]" };
  const teams = { risk: ["carol", "judy"], "payments-dev": ["alice", "ivan"] };
  attack(
    "§1",
    "approve that a colleague is none any more",
    refusedBy("SOD-INDEPENDENCE", {
      attempt: changing([{ ...dev, from: dev.to, to: dev.from }], { edit: [dev], teams }),
      honest: changing([harmless], { edit: [dev], teams }),
    }),
  );
  const target = "governance/targets/payments-db.yaml";
  const ownedByRisk = [
    { path: target, from: "owningTeam: payments-owners", to: "owningTeam: risk" },
  ];
  attack(
    "§1",
    "approve that one's team grants no longer",
    refusedBy("SOD-INDEPENDENCE", {
      attempt: changing(
        [{ path: target, from: "owningTeam: risk", to: "owningTeam: payments-owners" }],
        { edit: ownedByRisk },
      ),
      honest: changing([harmless], { edit: ownedByRisk }),
    }),
  );
  const analytics = "governance/targets/analytics-db.yaml";
  const stricter = [
    { path: roles, from: "analytics-owners\n", to: "analytics-owners @carol\n" },
    { path: analytics, from: "tier: low-risk", to: "tier: standard" },
  ];
  attack(
    "§1",
    "approve to approve with fewer beside oneself",
    refusedBy("SOD-INDEPENDENCE", {
      attempt: changing(
        [
          {
            path: analytics,
            from: "tier: standard\n      permission: analytics_report",
            to: "tier: low-risk\n      permission: analytics_report",
          },
        ],
        { edit: stricter },
      ),
      honest: changing([harmless], { edit: stricter }),
    }),
  );
  attack(
    "§1",
    "approve a change of one's own",
    refusedBy("SOD-REQUESTER", {
      attempt: changing([harmless], { author: "erin", commits: [{ authors: ["erin"] }] }),
      honest: changing([harmless]),
    }),
  );
  attack(
    "§1",
    "change the trust root by a review",
    refusedBy("SOD-POLICY", {
      attempt: changing([
        { path: "governance/trust-root.json", from: '"version": 1', to: '"version": 2' },
      ]),
      honest: changing([harmless]),
    }),
  );
});
