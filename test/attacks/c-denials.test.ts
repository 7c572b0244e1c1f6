import { describe, expect } from "vitest";
import { decide } from "../../src/core/decide/decide.ts";
import { buildSnapshot, noon } from "../support/snapshot/build-snapshot.ts";
import type { Edit, Given, GivenReview } from "../support/snapshot/build-snapshot.ts";
import { exampleFiles } from "../support/snapshot/example-files.ts";
import { attack } from "./attack.ts";
import { refusedBy } from "./refused-by.ts";

import { both, deciding } from "./tries.ts";

const people = "governance/people.yaml";
const denial = { by: "heidi", state: "CHANGES_REQUESTED" } as const;
const heidisTeam = (to: string): Edit => ({
  path: people,
  from: "{ login: heidi, id: 1008 }]\n      teams: [payments-owners]",
  to: `{ login: heidi, id: 1008 }]\n      teams: [${to}]`,
});

describe("only its giver lifts a denial", () => {
  const dismissedBy = (by: string, was: "CHANGES_REQUESTED" | "APPROVED" = "CHANGES_REQUESTED") =>
    deciding({
      reviews: [{ by: "heidi", state: "DISMISSED", dismissal: { by, was } }, ...both],
    });
  for (const [title, by] of [
    ["dismiss a denial of one's own request", "alice"],
    ["have an administrator dismiss it", "erin"],
    ["have its giver dismiss it", "heidi"],
    ["have the gate dismiss it", "countersign-gate[bot]"],
    ["have it dismissed by an account that was deleted", "ghost"],
  ] as const) {
    attack(
      "§4.6",
      title,
      refusedBy("SOD-DENIAL", { attempt: dismissedBy(by), honest: dismissedBy(by, "APPROVED") }),
    );
  }
  for (const type of ["Mannequin", "Bot"] as const) {
    attack(
      "§4.6",
      `lift it from a ${type} that carries the id of its giver`,
      refusedBy("SOD-DENIAL", {
        attempt: deciding({ reviews: [denial, ...both, { by: "heidi", as: { type } }] }),
        honest: deciding({ reviews: [denial, ...both, { by: "heidi" }] }),
      }),
    );
  }
  const dismissedUnknown = (state: "CHANGES_REQUESTED" | "APPROVED"): GivenReview => ({
    ...{ by: "heidi", state: "DISMISSED", dismissal: { was: "UNKNOWN" }, seen: { state } },
  });
  attack(
    "§4.6",
    "dismiss a denial of which only the ledger knows that it was one",
    refusedBy("SOD-DENIAL", {
      attempt: deciding({ reviews: [dismissedUnknown("CHANGES_REQUESTED"), ...both] }),
      honest: deciding({ reviews: [dismissedUnknown("APPROVED"), ...both] }),
    }),
  );
  attack(
    "§4.6",
    "dismiss a denial that nobody observed",
    refusedBy("SOD-DENIAL", {
      attempt: deciding({
        reviews: [
          { by: "heidi", state: "DISMISSED", dismissal: { was: "UNKNOWN" }, seen: "none" },
          ...both,
        ],
      }),
      honest: dismissedBy("alice", "APPROVED"),
    }),
  );
  attack(
    "§4.6",
    "revive the approval before a dismissed one",
    refusedBy("SOD-STEP-APPROVER", {
      attempt: deciding({ reviews: [...both, dismissedApproval] }),
      honest: deciding({ reviews: [...both, dismissedApproval, { by: "bob" }] }),
    }),
  );

  const remembered = (given: Given = {}) =>
    deciding({ remembered: { denials: [{ by: "heidi", pull: 7 }] }, ...given });
  const lifted: Given = { reviews: [{ by: "heidi" }, { by: "carol" }] };
  for (const [title, edit, honest] of [
    [
      "take the denier out of the team",
      [heidisTeam("audit")],
      deciding({ edit: [heidisTeam("audit")] }),
    ],
    [
      "rename the denier",
      [renamed("heidi", "heide")],
      remembered({ ...lifted, edit: [renamed("heidi", "heide")] }),
    ],
    ["suspend the denier", [suspended("heidi")], deciding({ edit: [suspended("heidi")] })],
    ["take the denier out of people.yaml", [removed()], deciding({ edit: [removed()] })],
    [
      "give the role to another team",
      [{ path: "governance/ROLES", from: "@acme/payments-owners", to: "@bob" }],
      remembered(lifted),
    ],
  ] as const) {
    attack("§4.6", title, refusedBy("SOD-DENIAL", { attempt: remembered({ edit }), honest }));
  }
  attack(
    "§4.6",
    "take the denier out of the team before the gate looks again",
    refusedBy("SOD-DENIAL", {
      attempt: deciding({
        reviews: [denial, ...both],
        edit: [heidisTeam("audit")],
        openings: [{}],
      }),
      honest: deciding({
        reviews: [denial, ...both],
        edit: [heidisTeam("audit")],
        openings: [{ route: { approver: ["bob"] } }],
        teams: { "payments-owners": ["bob", "ivan"] },
      }),
    }),
  );
  attack(
    "§4.6",
    "take the denier out of the team at the forge",
    refusedBy("SOD-DENIAL", {
      attempt: deciding({
        reviews: [denial, ...both],
        teams: { "payments-owners": ["bob", "ivan"] },
      }),
      honest: deciding({ teams: { "payments-owners": ["bob", "ivan"] } }),
    }),
  );
  attack(
    "§4.6",
    "lift a denial by the name of its giver, as another person",
    refusedBy("SOD-DENIAL", {
      attempt: remembered({
        edit: [renamed("heidi", "heide"), renamed("ivan", "heidi")],
        reviews: [...both, { by: "ivan" }],
      }),
      honest: remembered({ reviews: [...both, { by: "heidi" }] }),
    }),
  );
  attack(
    "§4.6",
    "lift it by an approval of other bytes",
    refusedBy("SOD-DENIAL", {
      attempt: remembered({
        reviews: [...both, { by: "heidi", seen: { content: "sha256:other" } }],
      }),
      honest: remembered({ reviews: [...both, { by: "heidi" }] }),
    }),
  );
  attack(
    "§4.6",
    "lift it by an approval from before it",
    refusedBy("SOD-DENIAL", {
      attempt: remembered({
        remembered: { denials: [{ by: "heidi", pull: 7, at: "2026-11-21T10:00:00Z" }] },
        reviews: [...both, { by: "heidi" }],
      }),
      honest: remembered({ reviews: [...both, { by: "heidi" }] }),
    }),
  );
  attack(
    "§4.6",
    "lift it by a comment of its giver",
    refusedBy("SOD-DENIAL", {
      attempt: remembered({ reviews: [...both, { by: "heidi", state: "COMMENTED" }] }),
      honest: remembered({ reviews: [...both, { by: "heidi" }] }),
    }),
  );
  attack(
    "§4.6",
    "outvote a denial",
    refusedBy("SOD-DENIAL", {
      attempt: deciding({ reviews: [denial, ...both, { by: "judy" }, { by: "ivan" }] }),
      honest: deciding({ reviews: [...both, { by: "judy" }, { by: "ivan" }] }),
    }),
  );
  attack("§4.6", "push something that cannot be judged, so that a denial is forgotten", () => {
    const given: Given = { remembered: { denials: [{ by: "heidi", pull: 7 }] } };
    const hopeless = decide(buildSnapshot({ ...given, changes: [] }), noon);
    expect(hopeless.denials).toEqual(decide(buildSnapshot(given), noon).denials);
    expect(hopeless.denials).toHaveLength(1);
    return "SOD-DENIAL";
  });

  attack(
    "§4.6",
    "add a file, so that the denier does not hold the role for all paths",
    refusedBy("SOD-DENIAL", {
      attempt: deciding({ ...ofTwoFiles(), reviews: [kensDenial, ...administrators] }),
      honest: deciding({ ...ofTwoFiles(), reviews: administrators }),
    }),
  );
});

const dismissedApproval: GivenReview = {
  by: "bob",
  state: "DISMISSED",
  dismissal: { was: "APPROVED" },
};
const administrators = [{ by: "erin" }, { by: "carol" }] as const;
const kensDenial = { by: "ken", state: "CHANGES_REQUESTED" } as const;

/** A change of governance of which ken may judge one file. */
function ofTwoFiles(): Given {
  const textOf = (path: string) => exampleFiles.find((file) => file.path === path)?.text ?? "";
  const paths = [people, "governance/targets/analytics-db.yaml"];
  return {
    ...{ author: "dave", commits: [{ authors: ["dave"] }] },
    changes: paths.map((path) => ({
      ...{ path, text: `${textOf(path)}# reviewed\n`, size: 9 },
      ...{ status: "modified", modeBefore: "100644", modeAfter: "100644" },
    })),
    edit: [
      {
        path: "governance/ROLES",
        from: "/governance/                      @acme/access-governance @acme/risk",
        to:
          "/governance/ @acme/access-governance @acme/risk\n" +
          "/governance/targets/ @acme/access-governance @acme/risk @acme/analytics-owners",
      },
    ],
  };
}

function renamed(from: string, to: string): Edit {
  return { path: people, from: `- name: ${from}`, to: `- name: ${to}` };
}

function suspended(person: string): Edit {
  return {
    path: people,
    from: `- name: ${person}\n`,
    to: `- name: ${person}\n      status: suspended\n`,
  };
}

function removed(): Edit {
  return {
    path: people,
    from: "    - name: heidi\n      accounts: [{ login: heidi, id: 1008 }]\n      teams: [payments-owners]\n      identities: []\n",
    to: "",
  };
}
