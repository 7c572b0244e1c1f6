import { describe } from "vitest";
import type { Edit } from "../support/snapshot/build-snapshot.ts";
import { attack } from "./attack.ts";
import { changing, harmless } from "./changing.ts";
import { refusedBy } from "./refused-by.ts";
import { both, deciding } from "./tries.ts";

const people = "governance/people.yaml";
const roles = "governance/ROLES";
const privileged = "governance/policy/privileged.yaml";

describe("D10 — an open request satisfies the policy of its opening as well", () => {
  for (const [title, code, edit, honest] of [
    [
      "fewer approvals",
      "SOD-STEP-APPROVER",
      ["role: approver, count: 1", "role: approver, count: 2"],
      [...both, { by: "heidi" }],
    ],
    [
      "fewer control people",
      "SOD-STEP-CONTROL",
      ["role: control, count: 1", "role: control, count: 2"],
      [...both, { by: "judy" }],
    ],
  ] as const) {
    attack(
      "D10",
      `relax to ${title} while it is open`,
      refusedBy(code, {
        attempt: deciding({ opening: [{ path: privileged, from: edit[0], to: edit[1] }] }),
        honest: deciding({
          opening: [{ path: privileged, from: edit[0], to: edit[1] }],
          reviews: honest,
        }),
      }),
    );
  }
  for (const [title, code, from, strict, loose] of [
    [
      "a longer duration",
      "SOD-REQUEST",
      "maxDuration: PT8H",
      "maxDuration: PT1H",
      "maxDuration: P1D",
    ],
    [
      "fewer controls",
      "SOD-REQUEST",
      "compensatingControls: 1",
      "compensatingControls: 2",
      "compensatingControls: 0",
    ],
    [
      "fewer references",
      "SOD-REQUEST",
      "references: [change]",
      "references: [ticket]",
      "references: []",
    ],
    ["a shorter reason", "SOD-REQUEST", "reasonLength: 10", "reasonLength: 100", "reasonLength: 1"],
    [
      "a longer total",
      "SOD-LIMITS",
      "maxTotalDuration: P2D",
      "maxTotalDuration: PT1H",
      "maxTotalDuration: P3D",
    ],
    ["older approvals", "SOD-EXPIRED", "approvalTtl: P1D", "approvalTtl: PT2H", "approvalTtl: P3D"],
    [
      "longer waiting",
      "SOD-TIME",
      "pendingTimeout: P3D",
      "pendingTimeout: PT2H",
      "pendingTimeout: P9D",
    ],
  ] as const) {
    attack(
      "D10",
      `relax to ${title} while it is open`,
      refusedBy(code, {
        attempt: deciding({ opening: [{ path: privileged, from, to: strict }] }),
        honest: deciding({ opening: [{ path: privileged, from, to: loose }] }),
      }),
    );
    attack(
      "D10",
      `keep to what was before, where there is less of ${title} now`,
      refusedBy(code, {
        attempt: deciding({
          edit: [{ path: privileged, from, to: strict }],
          opening: [{ path: privileged, from: strict, to: loose }],
        }),
        honest: deciding({ opening: [{ path: privileged, from, to: loose }] }),
      }),
    );
  }
  const tierOf = (from: string, to: string): Edit => ({
    path: "governance/targets/payments-db.yaml",
    from: `payments schema.\n      tier: ${from}\n      permission: payments_readonly`,
    to: `payments schema.\n      tier: ${to}\n      permission: payments_readonly`,
  });
  const readonly = { entitlement: "readonly", compensatingControls: null, references: null };
  attack(
    "D10",
    "have the tier softened while it is open",
    refusedBy("SOD-REQUEST", {
      attempt: deciding({ spec: readonly, opening: [tierOf("standard", "privileged")] }),
      honest: deciding({ spec: readonly, opening: [tierOf("standard", "low-risk")] }),
    }),
  );
  attack(
    "D10",
    "ask for what no policy allows, then have one made",
    refusedBy("SOD-REQUEST", {
      attempt: deciding({
        opening: [{ path: privileged, from: "tiers: [privileged]", to: "tiers: [standard]" }],
      }),
      honest: deciding({
        opening: [
          { path: privileged, from: "tiers: [privileged]", to: "tiers: [standard, privileged]" },
        ],
      }),
    }),
  );
  attack(
    "D10",
    "have the governance of the opening not parse",
    refusedBy("SOD-GOVERNANCE", {
      attempt: deciding({ opening: [{ path: roles, from: "[rescue]", to: "[resque]" }] }),
      honest: deciding({ opening: [{ path: roles, from: "[rescue]", to: "\n[rescue]" }] }),
    }),
  );
  const three: Edit = {
    path: "governance/policy/governance.yaml",
    from: "count: 2",
    to: "count: 3",
  };
  attack(
    "D10",
    "need fewer administrators than when the change was opened",
    refusedBy("SOD-STEP-POLICY-ADMIN", {
      attempt: changing([harmless], { opening: [three] }),
      honest: changing([harmless], {
        opening: [three],
        reviews: [{ by: "erin" }, { by: "carol" }, { by: "nora" }],
      }),
    }),
  );
  const wasNoAdmin: Edit = {
    path: people,
    from: "{ login: erin, id: 1005 }]\n      teams: [access-governance]",
    to: "{ login: erin, id: 1005 }]\n      teams: [audit]",
  };
  attack(
    "D10",
    "become an administrator after the change was opened",
    refusedBy("SOD-STEP-POLICY-ADMIN", {
      attempt: changing([harmless], { opening: [wasNoAdmin] }),
      honest: changing([harmless], {
        opening: [wasNoAdmin],
        reviews: [{ by: "nora" }, { by: "carol" }],
      }),
    }),
  );
  attack(
    "D10",
    "relax a policy with the approvals of requests",
    refusedBy("SOD-ROLE", {
      attempt: changing([{ path: privileged, from: "PT8H", to: "PT9H" }], {
        reviews: [{ by: "bob" }, { by: "grace" }],
      }),
      honest: changing([{ path: privileged, from: "PT8H", to: "PT9H" }]),
    }),
  );
});
