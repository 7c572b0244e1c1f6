import { describe, expect } from "vitest";
import type { Edit, Given } from "../support/snapshot/build-snapshot.ts";
import type { Commanded } from "../support/snapshot/carry-out.ts";
import { attack } from "./attack.ts";
import { commanding, decidedAfter } from "./commanding.ts";
import { refusedBy } from "./refused-by.ts";

const people = "governance/people.yaml";
const text = (
  from = "bob",
  to = "oscar",
  settings: Readonly<Record<string, string>> = {},
): string => {
  const all = {
    reason: "no-answer",
    ticket: "OPS-7",
    basis: "privileged",
    for: "PT4H",
    ...settings,
  };
  const words = Object.entries(all).map(([key, value]) => `${key}=${value}`);
  return `/access reroute approver from @${from} to @${to} ${words.join(" ")}`;
};
const by = (login: string, written = text()): Commanded => ({ by: login, text: written });
const honest = commanding([by("dave")]);
const inEffect = {
  pull: { state: "merged", mergedAt: "2026-11-21T16:00:00Z", mergeCommit: "c".repeat(40) },
  record: { access: "active" },
} as const;
const confirmed: readonly Commanded[] = [by("dave"), { by: "paula", text: "/access confirm 9001" }];
const after = "2026-11-21T17:00:01Z";
const approvals = [
  { by: "oscar", at: after },
  { by: "carol", at: after },
] as const;
const later = new Date("2026-11-21T17:05:00Z");
const rescuers = (...more: readonly string[]) => ({ "iam-operations": ["dave", "paula", ...more] });
const inTeam = (login: string, id: number, team: string, more: string): Edit => ({
  path: people,
  from: `{ login: ${login}, id: ${id} }]\n      teams: [${team}]`,
  to: `{ login: ${login}, id: ${id} }]\n      teams: [${team}, ${more}]`,
});

describe("I5 — only an uninvolved rescuer reroutes", () => {
  const aliceRescues: Edit = {
    path: people,
    from: "# the same person: both accounts count as one\n      teams: [payments-dev]",
    to: "# the same person\n      teams: [payments-dev, iam-operations]",
  };
  attack(
    "I5",
    "the requester has the role, and reroutes to a friend",
    refusedBy("CMD-OWN-REQUEST", {
      attempt: commanding([by("alice")], { edit: [aliceRescues], teams: rescuers("alice") }),
      honest: commanding([by("dave")], { edit: [aliceRescues], teams: rescuers("alice") }),
    }),
  );
  attack(
    "I5",
    "somebody who wrote a commit of it reroutes to a friend",
    refusedBy("CMD-OWN-REQUEST", {
      attempt: commanding([by("paula")], { commits: [{ authors: ["alice", "paula"] }] }),
      honest: commanding([by("paula")]),
    }),
  );
  attack(
    "I5",
    "the requester reroutes without the role",
    refusedBy("CMD-ROLE", { attempt: commanding([by("alice")]), honest }),
  );
  attack(
    "I5",
    "an approver reroutes away from another one",
    refusedBy("CMD-APPROVER", {
      attempt: commanding([by("heidi")], {
        edit: [inTeam("heidi", 1008, "payments-owners", "iam-operations")],
        teams: rescuers("heidi"),
      }),
      honest,
    }),
  );
  attack(
    "I5",
    "a bot reroutes",
    refusedBy("CMD-HUMAN", { attempt: commanding([by("dependabot[bot]")]), honest }),
  );
  attack(
    "I5",
    "somebody reroutes what is not stalled",
    refusedBy("CMD-NOT-STALLED", {
      attempt: commanding([{ ...by("dave"), now: new Date("2026-11-21T15:59:59Z") }]),
      honest: commanding([{ ...by("dave"), now: new Date("2026-11-21T16:00:00Z") }]),
    }),
  );
  attack(
    "I5",
    "a reroute around a denial",
    refusedBy("CMD-DENIED", {
      attempt: commanding([by("dave")], { reviews: [{ by: "bob", state: "CHANGES_REQUESTED" }] }),
      honest,
    }),
  );
});

describe("I6 — who reroutes never approves", () => {
  attack(
    "I6",
    "the rerouter names themselves",
    refusedBy("CMD-SAME-PERSON", {
      attempt: commanding([by("dave", text("bob", "dave"))], {
        edit: [inTeam("dave", 1004, "iam-operations", "database-owners")],
      }),
      honest,
    }),
  );
  const votes = (given: readonly Commanded[]) =>
    decidedAfter(given, {
      given: {
        edit: [inTeam("paula", 1017, "iam-operations", "risk")],
        reviews: [
          { by: "oscar", at: after },
          { by: "paula", at: after },
        ],
      },
      now: later,
    });
  attack(
    "I6",
    "the confirmer approves as control",
    refusedBy("SOD-STEP-CONTROL", {
      attempt: votes(confirmed),
      honest: decidedAfter(confirmed, { given: { reviews: approvals }, now: later }),
    }),
  );
  attack(
    "I6",
    "the rerouter confirms with a second account",
    refusedBy("CMD-SECOND-PERSON", {
      attempt: commanding([by("dave"), { by: "mallory", text: "/access confirm 9001" }], {
        edit: [
          {
            path: people,
            from: "login: dave, id: 1004 }",
            to: "login: dave, id: 1004 }, { login: mallory, id: 6666 }",
          },
        ],
      }),
      honest: commanding(confirmed),
    }),
  );
  attack(
    "I6",
    "somebody without the role confirms",
    refusedBy("CMD-ROLE", {
      attempt: commanding([by("dave"), { by: "erin", text: "/access confirm 9001" }]),
      honest: commanding(confirmed),
    }),
  );
  attack(
    "I6",
    "an approval rests on a reroute that nobody confirmed",
    refusedBy("SOD-STEP-APPROVER", {
      attempt: decidedAfter([by("dave")], { given: { reviews: approvals }, now: later }),
      honest: decidedAfter(confirmed, { given: { reviews: approvals }, now: later }),
    }),
  );
  attack(
    "I6",
    "an approval is counted that was given before the reroute",
    refusedBy("SOD-VOIDED", {
      attempt: decidedAfter(confirmed, {
        given: {
          reviews: [
            { by: "oscar", at: "2026-11-21T09:00:00Z" },
            { by: "carol", at: after },
          ],
        },
        now: later,
      }),
      honest: decidedAfter(confirmed, { given: { reviews: approvals }, now: later }),
    }),
  );
  attack(
    "I6",
    "an approval outlives the reroute",
    refusedBy("SOD-ROLE", {
      attempt: decidedAfter(confirmed, {
        given: { reviews: approvals },
        now: new Date("2026-11-21T21:00:00Z"),
      }),
      honest: decidedAfter(confirmed, {
        given: { reviews: approvals },
        now: new Date("2026-11-21T20:59:59Z"),
      }),
    }),
  );
});

describe("I7 — once a fingerprint and window", () => {
  attack(
    "I7",
    "reroute from one to the next until somebody approves",
    refusedBy("CMD-OWN-REQUEST", {
      attempt: commanding([...confirmed, by("dave", text("heidi", "oscar"))]),
      honest: commanding(confirmed),
    }),
  );
  attack(
    "I7",
    "the other rescuer reroutes it again",
    refusedBy("CMD-REROUTED-BEFORE", {
      attempt: commanding([by("dave"), by("paula", text("heidi", "oscar"))]),
      honest: commanding([by("paula", text("heidi", "oscar"))]),
    }),
  );
});

describe("I8 — one person for another of the same role", () => {
  for (const [title, to, code] of [
    ["somebody of another role", "judy", "CMD-SAME-ROLE"],
    ["somebody who can approve it already", "heidi", "CMD-ON-ROUTE"],
    ["somebody nobody knows", "mallory", "CMD-UNKNOWN-PERSON"],
  ] as const) {
    attack(
      "I8",
      `reroute to ${title}`,
      refusedBy(code, { attempt: commanding([by("dave", text("bob", to))]), honest }),
    );
  }
  const handing = (from: string, to: string): Given => ({
    edit: [
      {
        path: "governance/people.yaml",
        from: "  machines:\n",
        to: `  delegations:\n    - { from: ${from}, to: ${to}, role: approver, since: 2026-11-20T00:00:00Z, until: 2026-12-20T00:00:00Z, reason: leave }\n  machines:\n`,
      },
    ],
    openings: [{}],
  });
  attack(
    "I8",
    "reroute to somebody who only acts for somebody else",
    refusedBy("CMD-SAME-ROLE", {
      attempt: commanding([by("dave", text("bob", "frank"))], handing("heidi", "frank")),
      honest: commanding([by("dave", text("bob", "oscar"))], handing("heidi", "frank")),
    }),
  );
  attack(
    "I8",
    "reroute from somebody who only acts for somebody else",
    refusedBy("CMD-ACTS-FOR", {
      attempt: commanding([by("dave", text("frank", "oscar"))], {
        ...handing("heidi", "frank"),
        openings: [{ route: { approver: ["bob", "frank", "heidi", "ivan"] } }],
      }),
      honest: commanding([by("dave", text("bob", "oscar"))], handing("heidi", "frank")),
    }),
  );
  attack(
    "I8",
    "reroute from somebody who could not approve it",
    refusedBy("CMD-NOT-ON-ROUTE", {
      attempt: commanding([by("dave", text("carol", "oscar"))]),
      honest,
    }),
  );
  attack(
    "I8",
    "reroute to somebody who helped to write it",
    refusedBy("CMD-NOT-ELIGIBLE", {
      attempt: commanding([by("dave")], { commits: [{ authors: ["alice", "oscar"] }] }),
      honest,
    }),
  );
  attack(
    "I8",
    "reroute the independent step to a colleague of the requester",
    refusedBy("CMD-SAME-ROLE", {
      attempt: commanding([
        by("dave", text("carol", "ivan").replace("reroute approver", "reroute control")),
      ]),
      honest,
    }),
  );
  attack(
    "I8",
    "the replaced person and the stand-in both fill steps",
    refusedBy("SOD-STEP-APPROVER", {
      attempt: decidedAfter(confirmed, {
        given: {
          reviews: [
            { by: "bob", at: after },
            { by: "carol", at: after },
          ],
        },
        now: later,
      }),
      honest: decidedAfter([], {
        given: {
          reviews: [
            { by: "bob", at: after },
            { by: "carol", at: after },
          ],
        },
        now: later,
      }),
    }),
  );
  for (const [title, settings, code] of [
    ["for a reason that no policy names", { reason: "friend" }, "CMD-REASON"],
    ["by a policy that does not apply", { basis: "low-risk" }, "CMD-BASIS"],
    ["for longer than the policy allows", { for: "P1DT1S" }, "CMD-TOO-LONG"],
  ] as const) {
    attack(
      "I8",
      `reroute ${title}`,
      refusedBy(code, {
        attempt: commanding([by("dave", text("bob", "oscar", settings))]),
        honest,
      }),
    );
  }
});

describe("I9 and I10 — cancel, withdraw and revoke", () => {
  const cancel = "/access cancel reason=duplicate ticket=OPS-8";
  const merged = {
    pull: { state: "merged", mergedAt: "2026-11-21T16:00:00Z", mergeCommit: "c".repeat(40) },
    record: { access: "active" },
  } as const;
  const cancelled = commanding([{ by: "erin", text: cancel }]);
  attack(
    "I9",
    "cancel without the role",
    refusedBy("CMD-ROLE", {
      attempt: commanding([{ by: "bob", text: cancel }]),
      honest: cancelled,
    }),
  );
  attack(
    "I9",
    "cancel what one had a part in",
    refusedBy("CMD-OWN-REQUEST", {
      attempt: commanding([{ by: "erin", text: cancel }], {
        commits: [{ authors: ["alice", "erin"] }],
      }),
      honest: cancelled,
    }),
  );
  attack(
    "I9",
    "withdraw somebody else's request",
    refusedBy("CMD-NOT-REQUESTER", {
      attempt: commanding([{ by: "erin", text: "/access withdraw" }]),
      honest: commanding([{ by: "alice", text: "/access withdraw" }]),
    }),
  );
  attack(
    "I9",
    "withdraw a request by taking its name in another pull request",
    refusedBy("CMD-NOT-ITS-NAME", {
      attempt: commanding([{ by: "alice", text: "/access withdraw" }], {
        record: { firstPull: 3 },
      }),
      honest: commanding([{ by: "alice", text: "/access withdraw" }]),
    }),
  );
  attack(
    "I9",
    "have a withdrawn request approved all the same",
    refusedBy("SOD-ENDED", {
      attempt: decidedAfter([{ by: "alice", text: "/access withdraw" }], {
        given: { reviews: [{ by: "bob" }, { by: "carol" }] },
      }),
      honest: decidedAfter([], { given: { reviews: [{ by: "bob" }, { by: "carol" }] } }),
    }),
  );
  attack(
    "I10",
    "cancel access that is in effect",
    refusedBy("CMD-IN-EFFECT", {
      attempt: commanding([{ by: "erin", text: cancel }], merged),
      honest: commanding([{ by: "erin", text: "/access revoke reason=done" }], merged),
    }),
  );
  attack(
    "I10",
    "cancel a revert",
    refusedBy("CMD-NO-REQUEST", {
      attempt: commanding([{ by: "erin", text: cancel }], {
        changes: [
          {
            ...{ path: "access-requests/payments-db/old.yaml", text: null, size: null },
            ...{ status: "removed", modeBefore: "100644", modeAfter: "000000" },
          },
        ],
      }),
      honest: cancelled,
    }),
  );
  attack(
    "I10",
    "cancel a revocation",
    refusedBy("CMD-ENDED", {
      attempt: commanding(
        [
          { by: "alice", text: "/access revoke reason=done" },
          { by: "erin", text: cancel },
        ],
        merged,
      ),
      honest: cancelled,
    }),
  );
  attack(
    "§4.0",
    "revoke access that is no business of theirs",
    refusedBy("CMD-ROLE", {
      attempt: commanding([{ by: "frank", text: "/access revoke reason=done" }], merged),
      honest: commanding([{ by: "heidi", text: "/access revoke reason=done" }], merged),
    }),
  );
  attack(
    "C4",
    "carry out a command a day later",
    refusedBy("CMD-TOO-OLD", {
      attempt: commanding([{ by: "erin", text: cancel, at: "2026-11-20T17:00:00Z" }]),
      honest: commanding([{ by: "erin", text: cancel, at: "2026-11-20T17:00:01Z" }]),
    }),
  );
  attack(
    "C13",
    "give a command while not everything can be read",
    refusedBy("CMD-FACTS", {
      attempt: commanding([{ by: "erin", text: cancel }], {
        missing: [{ fact: "pull:7", reason: "Timeout." }],
      }),
      honest: cancelled,
    }),
  );
});

describe("§4.7 — what a reroute reaches", () => {
  const readonlyAsked = { spec: { entitlement: "readonly" } } as const;
  const standard = text("bob", "oscar", { basis: "standard" });
  const nextDay = new Date("2026-11-22T09:00:00Z");
  const atNine = "2026-11-22T09:00:01Z";
  const both = [
    { by: "oscar", at: atNine },
    { by: "carol", at: atNine },
  ];
  const soon = new Date("2026-11-22T09:05:00Z");
  attack(
    "§4.7",
    "reroute a standard request, then ask for something privileged in it",
    refusedBy("SOD-STEP-APPROVER", {
      attempt: decidedAfter([{ by: "dave", text: standard, now: nextDay }], {
        given: { reviews: both },
        asked: readonlyAsked,
        now: soon,
      }),
      honest: decidedAfter([{ by: "dave", text: standard, now: nextDay }], {
        given: { ...readonlyAsked, reviews: both },
        now: soon,
      }),
    }),
  );
  attack(
    "§4.7",
    "reroute a draft",
    refusedBy("CMD-NOT-STALLED", {
      attempt: commanding([by("dave")], { pull: { draft: true } }),
      honest,
    }),
  );
  attack(
    "§4.7",
    "reroute what was pushed a moment ago, because the pull request is old",
    refusedBy("CMD-NOT-STALLED", {
      attempt: commanding([by("dave")], {
        pushes: [{ by: "alice", at: "2026-11-21T16:59:00Z" }],
        heads: ["a".repeat(40)],
      }),
      honest,
    }),
  );
  attack(
    "§4.7",
    "reroute what has every approval that it needs",
    refusedBy("CMD-NOT-STALLED", {
      attempt: commanding([by("dave")], { reviews: [{ by: "bob" }, { by: "carol" }] }),
      honest,
    }),
  );
  attack(
    "§4.7",
    "reroute to a substitute in the requester's team for the independent step",
    refusedBy("CMD-NOT-ELIGIBLE", {
      attempt: commanding(
        [by("dave", text("carol", "oscar").replace("reroute approver", "reroute control"))],
        {
          edit: [
            inTeam("oscar", 1016, "database-owners", "payments-dev"),
            {
              path: "governance/ROLES",
              from: "[break-glass] ",
              to: "[control.substitute]\n* @acme/database-owners\n\n[break-glass] ",
            },
          ],
        },
      ),
      honest: commanding(
        [by("dave", text("carol", "oscar").replace("reroute approver", "reroute control"))],
        {
          edit: [
            {
              path: "governance/ROLES",
              from: "[break-glass] ",
              to: "[control.substitute]\n* @acme/database-owners\n\n[break-glass] ",
            },
          ],
        },
      ),
    }),
  );
  attack(
    "§4.0",
    "reroute what one asked for in an earlier head",
    refusedBy("CMD-OWN-REQUEST", {
      attempt: commanding([by("dave")], {
        remembered: { excluded: [{ person: "dave", from: "requester" }] },
      }),
      honest: commanding([by("dave")], {
        remembered: { excluded: [{ person: "frank", from: "requester" }] },
      }),
    }),
  );
  attack(
    "§4.0",
    "cancel what one asked for in an earlier head",
    refusedBy("CMD-OWN-REQUEST", {
      attempt: commanding([{ by: "erin", text: "/access cancel reason=duplicate ticket=OPS-8" }], {
        remembered: { excluded: [{ person: "erin", from: "requester" }] },
      }),
      honest: commanding([{ by: "erin", text: "/access cancel reason=duplicate ticket=OPS-8" }]),
    }),
  );
  for (const command of [
    "/access cancel reason=duplicate ticket=OPS-8",
    "/access revoke reason=done",
  ] as const) {
    attack(
      "§4.0",
      `${command} while suspended`,
      refusedBy("CMD-SUSPENDED", {
        attempt: commanding([{ by: "erin", text: command }], {
          ...(command.includes("revoke") ? inEffect : {}),
          edit: [
            { path: people, from: "- name: erin\n", to: "- name: erin\n      status: suspended\n" },
          ],
        }),
        honest: commanding([{ by: "erin", text: command }], {
          ...(command.includes("revoke") ? inEffect : {}),
        }),
      }),
    );
  }
  attack(
    "§4.7",
    "block the independent step by rerouting, for those who share a team with the rerouter",
    async () => {
      // Nobody but rerouter and confirmer loses a vote by a reroute.
      const sharing = [
        inTeam("dave", 1004, "iam-operations", "audit"),
        inTeam("carol", 1003, "risk", "audit"),
      ];
      const given = { edit: sharing, reviews: approvals };
      expect(await decidedAfter(confirmed, { given, now: later })()).toMatchObject({
        outcome: "passed",
      });
      return "SOD-REROUTER";
    },
  );
});
