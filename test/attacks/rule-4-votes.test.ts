import { describe } from "vitest";
import type { Edit, Given } from "../support/snapshot/build-snapshot.ts";
import type { GivenHolding } from "../support/snapshot/given-ledger.ts";
import { attack } from "./attack.ts";
import { refusedBy } from "./refused-by.ts";
import { both, deciding } from "./tries.ts";

const roles = "governance/ROLES";
const people = "governance/people.yaml";

describe("whose vote is none", () => {
  for (const [role, team] of [
    ["rescue", "iam-operations"],
    ["cancel", "access-governance"],
  ] as const) {
    const alsoBob = { path: roles, from: `@acme/${team}`, to: `@acme/${team} @bob` };
    const teams = { [team]: ["carol"] };
    attack(
      "§1",
      `give the control sign-off while at the forge in the team of ${role}`,
      refusedBy("SOD-INDEPENDENCE", {
        attempt: deciding({ teams }),
        honest: deciding({ teams, reviews: [{ by: "bob" }, { by: "judy" }] }),
      }),
    );
    const elsewhere = {
      path: roles,
      from: `*                                 @acme/${team}`,
      to: `/access-requests/analytics-db/ @acme/${team} @bob`,
    };
    attack(
      "§1",
      `approve as an owner who holds ${role} here`,
      refusedBy("SOD-INDEPENDENCE", {
        attempt: deciding({ edit: [alsoBob] }),
        honest: deciding({ edit: [elsewhere] }),
      }),
    );
  }

  const holding = (given: GivenHolding, reviews: Given["reviews"] = both) =>
    deciding({ holdings: [{ person: "bob", ...given }], reviews });
  for (const as of ["grant", "target"] as const) {
    attack(
      "§4.4",
      `approve what one holds oneself, by ${as}`,
      refusedBy("SOD-INDEPENDENCE", {
        attempt: holding({ entitlement: "readwrite", as }),
        honest: holding({ entitlement: "readonly", as }),
      }),
    );
  }
  attack(
    "§4.4",
    "approve what one holds within something larger",
    refusedBy("SOD-INDEPENDENCE", {
      attempt: deciding({
        spec: { entitlement: "readonly" },
        holdings: [{ person: "bob", entitlement: "readwrite" }],
      }),
      honest: deciding({
        spec: { entitlement: "readonly" },
        holdings: [{ person: "bob", target: "analytics-db", entitlement: "readonly" }],
      }),
    }),
  );
  attack(
    "§4.4",
    "approve what a machine of one's own holds",
    refusedBy("SOD-INDEPENDENCE", {
      attempt: holding({ entitlement: "readwrite", holder: "bobs-bot" }),
      honest: holding({ entitlement: "readwrite", holder: "bobs-bot" }, [
        { by: "heidi" },
        { by: "carol" },
      ]),
    }),
  );

  const suspended = (person: string): Given => ({
    edit: [
      {
        path: people,
        from: `- name: ${person}\n`,
        to: `- name: ${person}\n      status: suspended\n`,
      },
    ],
  });
  attack(
    "§4.1",
    "approve while suspended",
    refusedBy("SOD-INDEPENDENCE", {
      attempt: deciding(suspended("bob")),
      honest: deciding(suspended("heidi")),
    }),
  );
  attack(
    "§4.1",
    "suspend somebody to be rid of their denial",
    refusedBy("SOD-DENIAL", {
      attempt: deciding({
        ...suspended("heidi"),
        reviews: [{ by: "heidi", state: "CHANGES_REQUESTED" }, ...both],
      }),
      honest: deciding(suspended("heidi")),
    }),
  );

  for (const [title, teams] of [
    ["of the requester", { "payments-dev": ["alice", "carol"] }],
    ["that owns the target", { "payments-owners": ["bob", "carol"] }],
  ] as const) {
    attack(
      "§4.4",
      `give the control sign-off from a team ${title}`,
      refusedBy("SOD-INDEPENDENCE", {
        attempt: deciding({ teams }),
        honest: deciding({ teams, reviews: [{ by: "bob" }, { by: "judy" }] }),
      }),
    );
  }
  for (const [title, owner] of [
    ["gate", "dave"],
    ["executor", "mike"],
  ] as const) {
    const edit = [{ path: roles, from: "@acme/risk", to: `@acme/risk @${owner}` }];
    const withoutRescue = [
      { path: roles, from: "@acme/iam-operations", to: "@acme/audit" },
      { path: people, from: `owner: ${owner}`, to: "owner: frank" },
    ];
    attack(
      "§4.4",
      `give the control sign-off as owner of the ${title}`,
      refusedBy("SOD-INDEPENDENCE", {
        attempt: deciding({ edit, reviews: [{ by: "bob" }, { by: owner }] }),
        honest: deciding({
          edit: [...edit, ...withoutRescue],
          reviews: [{ by: "bob" }, { by: owner }],
        }),
      }),
    );
  }
  attack(
    "§4.4",
    "approve a low-risk request of one's own team",
    refusedBy("SOD-INDEPENDENCE", {
      attempt: deciding({ ...report, teams: { "analytics-dev": ["lena", "ken"] } }),
      honest: deciding({ ...report, teams: { "analytics-dev": ["lena"] } }),
    }),
  );
  attack(
    "§4.4",
    "the same where the policy does not ask for it",
    refusedBy("SOD-INDEPENDENCE", {
      attempt: deciding({
        ...{ ...report, edit: [anyTeam] },
        teams: { "analytics-dev": ["lena", "ken"] },
      }),
      honest: deciding({ ...report, edit: [anyTeam] }),
    }),
  );
});

const report: Given = {
  ...{ author: "lena", commits: [{ authors: ["lena"] }], reviews: [{ by: "ken" }] },
  path: "access-requests/analytics-db/2026-11-21-lena-report.yaml",
  spec: {
    ...{ requester: "lena", beneficiary: { kind: "human", name: "lena" } },
    ...{ target: "analytics-db", entitlement: "report", duration: "PT1H" },
  },
};
const anyTeam: Edit = {
  path: "governance/policy/low-risk.yaml",
  from: ", notFrom: [requesting-team]",
  to: "",
};
