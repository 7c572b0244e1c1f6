import { describe } from "vitest";
import type { Edit, GivenCommit, GivenReview } from "../support/snapshot/build-snapshot.ts";
import { headOid } from "../support/snapshot/build-snapshot.ts";
import { attack } from "./attack.ts";
import { refusedBy } from "./refused-by.ts";
import { both, deciding } from "./tries.ts";

const people = "governance/people.yaml";
const secondAccount = (login: string, id: number): Edit => ({
  path: people,
  from: `login: ${login}, id: ${id} }`,
  to: `login: ${login}, id: ${id} }, { login: mallory, id: 6666 }`,
});
const twoApprovers: Edit = {
  path: "governance/policy/privileged.yaml",
  from: "role: approver, count: 1",
  to: "role: approver, count: 2",
};
const withCommits = (...commits: readonly GivenCommit[]) => deciding({ commits });
const reviewedBy = (first: GivenReview, edit: readonly Edit[] = []) =>
  deciding({ reviews: [first, { by: "carol" }], edit });

describe("A — who is a contributor", () => {
  attack(
    "A1",
    "push to somebody else's pull request, then approve it",
    refusedBy("SOD-REQUESTER", {
      attempt: withCommits({ oid: "1" }, { authors: ["bob"] }),
      honest: withCommits({ oid: "1" }, { authors: ["alice"] }),
    }),
  );

  for (const [title, commit] of [
    ["commit with an e-mail of no account", { authors: ["ghost"] }],
    ["co-author with an e-mail of no account", { authors: ["alice", "ghost"] }],
    ["committer with an e-mail of no account", { authors: ["alice"], committer: "ghost" }],
    ["committer whom people.yaml does not name", { authors: ["alice"], committer: "mallory" }],
    ["commit without any author", { authors: [], committer: "alice" }],
  ] as const) {
    attack(
      "A2",
      title,
      refusedBy("SOD-CONTRIBUTORS", {
        attempt: withCommits({ oid: "1" }, commit),
        honest: withCommits({ oid: "1" }, { authors: ["alice"], committer: "alice" }),
      }),
    );
  }

  attack(
    "A5",
    "co-author of the line that is approved",
    refusedBy("SOD-REQUESTER", {
      attempt: withCommits({ authors: ["alice", "bob"] }),
      honest: withCommits({ authors: ["alice", "ivan"] }),
    }),
  );

  attack(
    "A7",
    "cherry-pick a commit, whose author then approves",
    refusedBy("SOD-REQUESTER", {
      attempt: withCommits({ authors: ["bob"], committer: "alice" }),
      honest: withCommits({ authors: ["ivan"], committer: "alice" }),
    }),
  );

  const webEdit = { committer: "web-flow", signedByForge: true };
  attack(
    "A8",
    "edit in the browser, then approve",
    refusedBy("SOD-REQUESTER", {
      attempt: withCommits({ oid: "1" }, { authors: ["bob"], ...webEdit }),
      honest: deciding({
        commits: [
          { oid: "1" },
          { authors: ["bob"], parents: ["1", "base"], touches: false, ...webEdit },
        ],
        pushes: [{ by: "alice" }, { by: "bob", touches: false }],
      }),
    }),
  );
  attack(
    "A8",
    "commit as web-flow without GitHub's signature",
    refusedBy("SOD-CONTRIBUTORS", {
      attempt: withCommits({ authors: ["alice"], committer: "web-flow" }),
      honest: withCommits({ authors: ["alice"], ...webEdit }),
    }),
  );
  attack(
    "A8",
    "hide another committer behind GitHub's signature",
    refusedBy("SOD-REQUESTER", {
      attempt: withCommits({ authors: ["alice"], committer: "bob", signedByForge: true }),
      honest: withCommits({ authors: ["alice"], ...webEdit }),
    }),
  );

  attack(
    "A10",
    "fill a count of two with two accounts of one person",
    refusedBy("SOD-STEP-APPROVER", {
      attempt: deciding({
        edit: [secondAccount("bob", 1002), twoApprovers],
        reviews: [...both, { by: "mallory" }],
      }),
      honest: deciding({
        edit: [secondAccount("bob", 1002), twoApprovers],
        reviews: [...both, { by: "heidi" }],
      }),
    }),
  );
  const namesAlice = {
    path: "governance/ROLES",
    from: "@acme/payments-owners",
    to: "@acme/payments-owners @alice",
  };
  attack(
    "A10",
    "approve one's own request with another account",
    refusedBy("SOD-REQUESTER", {
      attempt: reviewedBy({ by: "alice-admin" }, [namesAlice]),
      honest: reviewedBy({ by: "bob" }, [namesAlice]),
    }),
  );

  attack(
    "A13",
    "let somebody else ask, then approve what one receives",
    refusedBy("SOD-REQUESTER", {
      attempt: receivedByBob([{ by: "bob" }, { by: "carol" }]),
      honest: receivedByBob([{ by: "heidi" }, { by: "carol" }]),
    }),
  );
  attack(
    "A13",
    "name another requester in the file than who opened it",
    refusedBy("SOD-REQUESTER", {
      attempt: deciding({ spec: { requester: "bob" } }),
      honest: deciding({ spec: { requester: "ivan" } }),
    }),
  );
  const ownedBy = (owner: string): Edit => ({
    path: people,
    from: "owner: alice",
    to: `owner: ${owner}`,
  });
  for (const [title, spec] of [
    ["beneficiary", { beneficiary: { kind: "service-account", name: "settlement-bot" } }],
    ["requester", { requester: "settlement-bot" }],
  ] as const) {
    attack(
      "A13",
      `the owner of the machine that is the ${title} approves`,
      refusedBy("SOD-REQUESTER", {
        attempt: deciding({ spec, edit: [ownedBy("bob")] }),
        honest: deciding({ spec, edit: [ownedBy("alice")] }),
      }),
    );
  }

  attack(
    "A14",
    "have the commits of a bot left out",
    refusedBy("SOD-CONTRIBUTORS", {
      attempt: withCommits({ oid: "1" }, { authors: ["dependabot[bot]"] }),
      honest: withCommits({ oid: "1" }, { authors: ["countersign-gate[bot]"] }),
    }),
  );
  const botsCommit = [
    { oid: "1" },
    { authors: ["dependabot[bot]"], parents: ["1"], touches: false },
  ];
  const seeing = (commit: string) => both.map(({ by }) => ({ by, seen: { commit } }));
  attack(
    "A14",
    "have a push by a bot leave older approvals alone",
    refusedBy("SOD-PUSHED", {
      attempt: deciding({ commits: botsCommit, reviews: seeing("1") }),
      honest: deciding({ commits: botsCommit, reviews: seeing(headOid) }),
    }),
  );
});

describe("A3 — who pushed, whoever the commits name", () => {
  const older = "1".repeat(40);
  const heads = [older, headOid];
  const first = { by: "alice", after: older };
  const alices = deciding({ heads, pushes: [first, { by: "alice", before: older }] });
  for (const [title, push] of [
    ["push commits that name only the requester, then approve", { by: "bob", before: older }],
    ["push before the pull request is opened", { by: "bob", at: "2026-11-20T08:00:00Z" }],
  ] as const) {
    attack(
      "A3",
      title,
      refusedBy("SOD-REQUESTER", {
        attempt: deciding({ heads, pushes: [first, push] }),
        honest: alices,
      }),
    );
  }

  for (const [title, pushes] of [
    ["push by an account that people.yaml does not name", [first, { by: "mallory" }]],
    ["push by an account that was deleted", [first, { by: "ghost" }]],
    ["push by a bot of nobody", [first, { by: "dependabot[bot]" }]],
    ["push so that neither webhook nor activity shows it", [first]],
    ["the same for an earlier head, forced away since", [{ by: "alice" }]],
  ] as const) {
    attack(
      "A3",
      title,
      refusedBy("SOD-CONTRIBUTORS", {
        attempt: deciding({ heads, pushes }),
        honest: alices,
      }),
    );
  }

  const forced = { kind: "force-pushed", at: "2026-11-21T08:30:00Z" } as const;
  const back = { before: older, after: headOid };
  attack(
    "A3",
    "force-push back to a known head, seen by the timeline alone",
    refusedBy("SOD-REQUESTER", {
      attempt: deciding({
        ...{ heads, pushes: [first, { by: "alice" }] },
        events: [{ ...forced, by: "bob", heads: back }],
      }),
      honest: deciding({
        ...{ heads, pushes: [first, { by: "alice" }] },
        events: [{ ...forced, by: "alice", heads: back }],
      }),
    }),
  );
});

describe("A9 — only people approve", () => {
  for (const [title, review] of [
    ["a bot", { by: "dependabot[bot]" }],
    ["the gate", { by: "countersign-gate[bot]" }],
    ["an account that was deleted", { by: "ghost" }],
    ["a mannequin with a known id", { by: "bob", as: { type: "Mannequin" } }],
    ["an organization with a known id", { by: "bob", as: { type: "Organization" } }],
    ["an enterprise account with a known id", { by: "bob", as: { type: "EnterpriseUserAccount" } }],
  ] as const) {
    attack(
      "A9",
      `${title} approves`,
      refusedBy("SOD-HUMAN", { attempt: reviewedBy(review), honest: reviewedBy({ by: "bob" }) }),
    );
  }

  const machineAccount: Edit = {
    path: people,
    from: "owner: alice\n      accounts: []",
    to: "owner: alice\n      accounts: [{ login: mallory, id: 6666 }]",
  };
  attack(
    "A9",
    "a machine with an ordinary account approves",
    refusedBy("SOD-HUMAN", {
      attempt: reviewedBy({ by: "mallory" }, [machineAccount]),
      honest: reviewedBy({ by: "mallory" }, [secondAccount("bob", 1002)]),
    }),
  );
});

describe("A11 — accounts that are renamed and registered again", () => {
  attack(
    "A11",
    "register an approver's old login",
    refusedBy("SOD-ACCOUNTS", {
      attempt: reviewedBy({ by: "bob", as: { id: 6666 } }),
      honest: reviewedBy({ by: "bob", as: { login: "bobby" } }),
    }),
  );
  attack(
    "A11",
    "register it in another case",
    refusedBy("SOD-ACCOUNTS", {
      attempt: reviewedBy({ by: "bob", as: { login: "BOB", id: 6666 } }),
      honest: reviewedBy({ by: "bob", as: { login: "BOB" } }),
    }),
  );
  attack(
    "A11",
    "swap logins with a colleague",
    refusedBy("SOD-ACCOUNTS", {
      attempt: reviewedBy({ by: "bob", as: { login: "heidi" } }),
      honest: reviewedBy({ by: "bob" }),
    }),
  );
  const otherId = { path: people, from: "login: ivan, id: 1009", to: "login: ivan, id: 5009" };
  attack(
    "A11",
    "write a commit under a login that is somebody else's",
    refusedBy("SOD-CONTRIBUTORS", {
      attempt: deciding({
        commits: [{ authors: ["alice"] }, { authors: ["ivan"] }],
        edit: [otherId],
      }),
      honest: withCommits({ authors: ["alice"] }, { authors: ["ivan"] }),
    }),
  );
});

describe("exclusion once is for good", () => {
  const excluding = (person: string, edit: readonly Edit[] = []) =>
    deciding({ edit, remembered: { excluded: [{ person }] } });
  attack(
    "§4.0",
    "write a commit, force it away, then approve",
    refusedBy("SOD-REQUESTER", { attempt: excluding("bob"), honest: excluding("heidi") }),
  );
  const renamed: Edit = { path: people, from: "- name: bob\n", to: "- name: robert\n" };
  attack(
    "§4.0",
    "the same, and be renamed in people.yaml",
    refusedBy("SOD-REQUESTER", {
      attempt: excluding("bob", [renamed]),
      honest: excluding("heidi", [renamed]),
    }),
  );
  const linked = (state: "open" | "closed" | "merged", from: "requester" | "requesting-team") =>
    deciding({ linked: [{ state, excluded: [{ person: "carol", from }] }] });
  attack(
    "§4.0",
    "write the request, have it opened again without the commit",
    refusedBy("SOD-REQUESTER", {
      attempt: linked("closed", "requester"),
      honest: linked("merged", "requester"),
    }),
  );
  attack(
    "§4.0",
    "leave the requesting team, then give the control sign-off",
    refusedBy("SOD-INDEPENDENCE", {
      attempt: linked("open", "requesting-team"),
      honest: linked("merged", "requesting-team"),
    }),
  );
  const teamOf = (person: string) =>
    deciding({
      teams: { "analytics-owners": ["ken", "carol"] },
      linked: [{ state: "closed", excluded: [{ person }] }],
    });
  attack(
    "§4.0",
    "be in a team of somebody who wrote an earlier pull request",
    refusedBy("SOD-INDEPENDENCE", { attempt: teamOf("ken"), honest: teamOf("lena") }),
  );
});

function receivedByBob(reviews: readonly GivenReview[]) {
  return deciding({
    ...{ author: "ivan", commits: [{ authors: ["ivan"] }], reviews },
    spec: { requester: "ivan", beneficiary: { kind: "human", name: "bob" } },
    edit: [
      {
        path: people,
        from: "identities: []",
        to: "identities: [{ target: payments-db, name: bob }]",
      },
    ],
  });
}
