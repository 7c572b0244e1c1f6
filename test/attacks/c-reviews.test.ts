import { describe, expect } from "vitest";
import type { Edit, GivenReview } from "../support/snapshot/build-snapshot.ts";
import { attack } from "./attack.ts";
import { refusedBy } from "./refused-by.ts";
import type { Try } from "./refused-by.ts";
import { both, deciding, decidingOn } from "./tries.ts";

const people = "governance/people.yaml";
const denial = { by: "heidi", state: "CHANGES_REQUESTED" } as const;
const approvedBy = (...logins: readonly string[]) =>
  deciding({ reviews: logins.map((by) => ({ by })) });
const heidisTeam = (to: string): Edit => ({
  path: people,
  from: "{ login: heidi, id: 1008 }]\n      teams: [payments-owners]",
  to: `{ login: heidi, id: 1008 }]\n      teams: [${to}]`,
});

describe("C — reviews and comments", () => {
  attack(
    "C1",
    "approve, then request changes",
    refusedBy("SOD-DENIAL", {
      attempt: deciding({ reviews: [...both, { by: "bob", state: "CHANGES_REQUESTED" }] }),
      honest: deciding({ reviews: [{ by: "bob", state: "CHANGES_REQUESTED" }, ...both] }),
    }),
  );
  attack(
    "C1",
    "the same from another account of the same person",
    refusedBy("SOD-DENIAL", {
      attempt: deciding({
        edit: [
          {
            path: people,
            from: "login: bob, id: 1002 }",
            to: "login: bob, id: 1002 }, { login: mallory, id: 6666 }",
          },
        ],
        reviews: [...both, { by: "mallory", state: "CHANGES_REQUESTED" }],
      }),
      honest: deciding({ reviews: [...both, { by: "mallory", state: "CHANGES_REQUESTED" }] }),
    }),
  );

  // What people write is in no snapshot: a reader that puts it there changes nothing.
  const withText = (body: string, state: GivenReview["state"] = "COMMENTED"): Try =>
    decidingOn(
      (snapshot) => ({
        ...snapshot,
        pull: {
          ...snapshot.pull,
          ...{ comments: [{ author: snapshot.pull.author, body }] },
          reviews: snapshot.pull.reviews.map((review) => ({ ...review, ...{ body } })),
        },
      }),
      { reviews: [{ by: "bob", state }, { by: "carol" }] },
    );
  attack(
    "C3",
    "edit somebody's comment into an approval",
    refusedBy("SOD-COMMENT", {
      attempt: withText("approve"),
      honest: withText("approve", "APPROVED"),
    }),
  );
  attack("C4", "approve by quoted, hidden or negated text", async () => {
    const silent = await withText("")();
    const texts = ["> :+1:", "<!-- approve -->", "```\n/access approve\n```", "do not :shipit:"];
    for (const text of texts) expect(await withText(text)()).toEqual(silent);
    return refusedBy("SOD-COMMENT", {
      attempt: withText("/access approve"),
      honest: withText("not approved!", "APPROVED"),
    })();
  });
  attack(
    "C5",
    "comment instead of approving",
    refusedBy("SOD-COMMENT", {
      attempt: deciding({ reviews: [{ by: "bob", state: "COMMENTED" }, { by: "carol" }] }),
      honest: deciding({}),
    }),
  );

  const twice = (listed: "twice" | "once"): Try =>
    decidingOn(
      (snapshot) => ({
        ...snapshot,
        pull: {
          ...snapshot.pull,
          reviews: snapshot.pull.reviews.flatMap((review) =>
            listed === "twice" && review.author?.login === "bob" ? [review, review] : [review],
          ),
        },
      }),
      {
        reviews: [...both, ...(listed === "once" ? [{ by: "heidi" }] : [])],
        edit: [
          {
            path: "governance/policy/privileged.yaml",
            from: "{ role: approver, count: 1 }",
            to: "{ role: approver, count: 2 }",
          },
        ],
      },
    );
  attack(
    "§4.3",
    "have one approval listed by two pages fill two steps",
    refusedBy("SOD-STEP-APPROVER", { attempt: twice("twice"), honest: twice("once") }),
  );
  const listedAgain = (state: "APPROVED" | "DISMISSED"): Try =>
    decidingOn(
      (snapshot) => ({
        ...snapshot,
        pull: {
          ...snapshot.pull,
          reviews: [
            ...snapshot.pull.reviews,
            ...snapshot.pull.reviews.map((review) => ({ ...review, state })),
          ],
        },
      }),
      {},
    );
  attack(
    "§4.6",
    "have an approval dismissed between two pages of the answer",
    refusedBy("SOD-DISMISSED", {
      attempt: listedAgain("DISMISSED"),
      honest: listedAgain("APPROVED"),
    }),
  );

  const associated = (by: string): Try =>
    decidingOn(
      (snapshot) => ({
        ...snapshot,
        pull: {
          ...snapshot.pull,
          reviews: snapshot.pull.reviews.map((review) => ({
            ...review,
            ...{ authorAssociation: "OWNER" },
          })),
        },
      }),
      { reviews: [{ by }, { by: "carol" }] },
    );
  attack(
    "C6",
    "approve from an account that people.yaml does not name",
    refusedBy("SOD-UNKNOWN-ACCOUNT", { attempt: associated("mallory"), honest: associated("bob") }),
  );
  attack(
    "C6",
    "approve without holding the role",
    refusedBy("SOD-ROLE", { attempt: associated("frank"), honest: associated("bob") }),
  );

  attack(
    "C8",
    "approve, then leave the team at the forge",
    refusedBy("SOD-ROLE", {
      attempt: deciding({ teams: { "payments-owners": ["heidi", "ivan"] } }),
      honest: deciding({ teams: { "payments-owners": ["bob"] } }),
    }),
  );
  attack(
    "C8",
    "approve, then leave the team in people.yaml",
    refusedBy("SOD-ROLE", {
      attempt: deciding({
        reviews: [{ by: "heidi" }, { by: "carol" }],
        edit: [heidisTeam("audit")],
      }),
      honest: deciding({
        reviews: [{ by: "heidi" }, { by: "carol" }],
        edit: [heidisTeam("payments-owners, audit")],
      }),
    }),
  );
  attack(
    "C8",
    "be put into the team at the forge alone, by its maintainer",
    refusedBy("SOD-ROLE", {
      attempt: deciding({
        teams: { risk: ["carol", "judy", "frank"] },
        reviews: [{ by: "bob" }, { by: "frank" }],
      }),
      honest: deciding({ teams: { risk: ["carol", "judy", "frank"] } }),
    }),
  );

  attack(
    "C9",
    "approve twice where two are needed",
    refusedBy("SOD-STEP-CONTROL", {
      attempt: twoControls("carol", "carol"),
      honest: twoControls("carol", "judy"),
    }),
  );
  const carolOwns: Edit = {
    path: "governance/ROLES",
    from: "@acme/payments-owners",
    to: "@acme/payments-owners @carol",
  };
  attack(
    "C10",
    "fill both steps by holding both roles",
    refusedBy("SOD-STEP-CONTROL", {
      attempt: deciding({ edit: [carolOwns], reviews: [{ by: "carol" }] }),
      honest: deciding({ edit: [carolOwns], reviews: [{ by: "carol" }, { by: "judy" }] }),
    }),
  );
  attack(
    "C10",
    "fill both steps with two people of one role",
    refusedBy("SOD-STEP-CONTROL", {
      attempt: approvedBy("bob", "heidi"),
      honest: approvedBy("bob", "judy"),
    }),
  );

  for (const fact of ["reviews", "commits", "files"]) {
    attack(
      "C13",
      `have the list of ${fact} cut off`,
      refusedBy("SOD-FACTS", {
        attempt: deciding({ missing: [{ fact, reason: "There are more than can be read." }] }),
        honest: deciding({ missing: [] }),
      }),
    );
  }
  attack("C13", "hide a denial behind a hundred reviews", () => {
    const comments = Array.from({ length: 101 }, (_, index) => ({
      ...{ by: "frank", state: "COMMENTED" as const, id: 1000 + index },
    }));
    return refusedBy("SOD-DENIAL", {
      attempt: deciding({ reviews: [...both, ...comments, denial] }),
      honest: deciding({ reviews: [...both, ...comments] }),
    })();
  });
});

function twoControls(first: string, second: string): Try {
  const edit = [
    {
      path: "governance/policy/privileged.yaml",
      from: "role: control, count: 1",
      to: "role: control, count: 2",
    },
  ];
  return deciding({ edit, reviews: [{ by: "bob" }, { by: first }, { by: second }] });
}
