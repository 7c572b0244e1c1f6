import { describe } from "vitest";
import type { Edit, Given } from "../support/snapshot/build-snapshot.ts";
import type { GivenLinked, GivenOpening } from "../support/snapshot/given-ledger.ts";
import { attack } from "./attack.ts";
import { refusedBy } from "./refused-by.ts";
import type { Try } from "./refused-by.ts";
import { both, deciding, decidingOn, governing } from "./tries.ts";

const heidis = { denials: [{ by: "heidi" }] };
/** Decides beside a linked pull request, by default one that heidi denied. */
const besides = (linked: GivenLinked, given: Given = {}) =>
  deciding({ linked: [{ ...heidis, ...linked }], ...given });
const withoutBob: NonNullable<GivenOpening["route"]> = { approver: ["heidi", "ivan"] };
const withoutCarol: NonNullable<GivenOpening["route"]> = { control: ["judy"] };
const readonly = { entitlement: "readonly", contains: ["readonly"] };

describe("I — approver shopping", () => {
  for (const state of ["open", "closed"] as const) {
    attack(
      "I1",
      `open the same again beside one that is ${state} and denied`,
      refusedBy("SOD-DENIAL", {
        attempt: besides({ state }),
        honest: besides({ state, denials: [] }),
      }),
    );
  }
  const opened = (route: GivenOpening["route"], pull = 3) =>
    deciding({
      openings: [{ pull, at: "2026-11-20T08:00:00Z", ...(route === undefined ? {} : { route }) }],
      linked: [{}],
    });
  attack(
    "I1",
    "open the same again once a friend is approver",
    refusedBy("SOD-INDEPENDENCE", { attempt: opened(withoutBob), honest: opened(undefined) }),
  );
  attack(
    "I1",
    "open the same again once a friend is control",
    refusedBy("SOD-INDEPENDENCE", { attempt: opened(withoutCarol), honest: opened(undefined) }),
  );
  attack(
    "I1",
    "close and reopen it once a friend is approver",
    refusedBy("SOD-INDEPENDENCE", { attempt: opened(withoutBob, 7), honest: opened(undefined, 7) }),
  );

  const requested = (reviewers: readonly string[], by: string): Try =>
    decidingOn(
      (snapshot) => ({
        ...snapshot,
        pull: { ...snapshot.pull, ...{ requestedReviewers: reviewers, requestedTeams: ["audit"] } },
      }),
      { reviews: [{ by }, { by: "carol" }] },
    );
  attack(
    "I3",
    "request the review of a friend who holds no role",
    refusedBy("SOD-ROLE", {
      attempt: requested(["frank"], "frank"),
      honest: requested(["frank"], "bob"),
    }),
  );
  attack(
    "I3",
    "take back the request to a reviewer who denies",
    refusedBy("SOD-DENIAL", {
      attempt: deciding({ reviews: [{ by: "heidi", state: "CHANGES_REQUESTED" }, ...both] }),
      honest: requested([], "bob"),
    }),
  );

  const ordinary = deciding({});
  for (const [title, spec] of [
    ["a role of ROLES", { target: "governance", entitlement: "approver" }],
    ["the control role at a target", { entitlement: "control" }],
    ["a team", { entitlement: "payments-owners" }],
    ["to be the gate", { beneficiary: { kind: "service-account", name: "countersign-gate" } }],
    ["to be the executor", { beneficiary: { kind: "agent", name: "countersign-executor" } }],
    ["as the gate", { requester: "countersign-gate" }],
  ] as const) {
    const path = `access-requests/${"target" in spec ? spec.target : "payments-db"}/x.yaml`;
    attack(
      "I12",
      `ask for ${title}`,
      refusedBy("SOD-REQUEST", { attempt: deciding({ spec, path }), honest: ordinary }),
    );
  }
  attack(
    "I12",
    "put a target into the catalogue that makes approvers",
    refusedBy("wrong-value", {
      attempt: governing({
        path: "governance/targets/analytics-db.yaml",
        from: "provider: postgres",
        to: "provider: github",
      }),
      honest: governing(),
    }),
  );
  attack(
    "I12",
    "change ROLES with the approvals of a request",
    refusedBy("SOD-ROLE", {
      attempt: deciding({
        policy: [{ path: "governance/ROLES", from: "@acme/risk", to: "@acme/risk @ivan" }],
      }),
      honest: deciding({
        ...{ author: "dave", commits: [{ authors: ["dave"] }] },
        policy: [{ path: "governance/ROLES", from: "@acme/risk", to: "@acme/risk @ivan" }],
        reviews: [{ by: "erin" }, { by: "nora" }],
      }),
    }),
  );
});

describe("a denial follows what was denied", () => {
  const deniedAt = (at: string) => besides({ at, denials: [{ by: "heidi", at }] });
  attack(
    "§4.7",
    "outlast the window of a denial",
    refusedBy("SOD-DENIAL", {
      attempt: deniedAt("2026-11-07T08:00:00Z"),
      honest: deniedAt("2026-11-07T07:59:59Z"),
    }),
  );
  attack(
    "§4.7",
    "have a request denied that is older than the window",
    refusedBy("SOD-DENIAL", {
      attempt: besides({
        at: "2026-11-07T07:59:59Z",
        denials: [{ by: "heidi", at: "2026-11-20T09:00:00Z" }],
      }),
      honest: besides({
        at: "2026-11-07T07:59:59Z",
        denials: [{ by: "heidi", at: "2026-11-07T07:59:59Z" }],
      }),
    }),
  );
  attack(
    "§4.7",
    "have the denied one merged past the gate, then ask again",
    refusedBy("SOD-DENIAL", {
      attempt: besides({ state: "merged" }),
      honest: besides({ state: "merged", denials: [] }),
    }),
  );
  attack(
    "§4.7",
    "open a pull request early, for what is denied later elsewhere",
    refusedBy("SOD-DENIAL", {
      attempt: besides({
        at: "2026-11-21T08:30:00Z",
        denials: [{ by: "heidi", at: "2026-11-21T08:40:00Z" }],
      }),
      honest: besides({ at: "2026-11-21T08:30:00Z", denials: [] }),
    }),
  );
  attack(
    "§4.7",
    "ask for less, beside a denied larger one",
    refusedBy("SOD-DENIAL", {
      attempt: besides({}, { spec: { entitlement: "readonly" } }),
      honest: besides({ denials: [] }, { spec: { entitlement: "readonly" } }),
    }),
  );
  attack(
    "§4.7",
    "ask for the service account of the denied person",
    refusedBy("SOD-DENIAL", {
      attempt: besides({}, botAsks),
      honest: besides({ denials: [] }, botAsks),
    }),
  );
  attack(
    "§4.7",
    "lift it there, but not here",
    refusedBy("SOD-DENIAL", {
      attempt: besides({}, { reviews: [{ by: "heidi", at: "2026-11-20T08:30:00Z" }, ...both] }),
      honest: besides({}, { reviews: [{ by: "heidi" }, ...both] }),
    }),
  );
  attack(
    "§4.7",
    "have another owner approve in place of the denier",
    refusedBy("SOD-DENIAL", {
      attempt: besides({}, { reviews: [{ by: "ivan" }, { by: "carol" }] }),
      honest: besides({}, { reviews: [{ by: "heidi" }, { by: "carol" }] }),
    }),
  );
  attack(
    "§4.7",
    "take the denier of the linked one out of people.yaml",
    refusedBy("SOD-DENIAL", {
      attempt: besides({}, { edit: [withoutHeidi] }),
      honest: besides({ denials: [] }, { edit: [withoutHeidi] }),
    }),
  );
  attack(
    "§4.7",
    "have a third one denied, and another in between",
    refusedBy("SOD-DENIAL", {
      attempt: deciding({
        linked: [{ pull: 3 }, { pull: 5, denials: [{ by: "heidi", pull: 3 }] }],
      }),
      honest: deciding({ linked: [{ pull: 3 }, { pull: 5 }] }),
    }),
  );
});

describe("nothing that can be repeated changes who counts", () => {
  const early = { pull: 3, at: "2026-11-20T08:00:00Z" };
  for (const [title, fingerprint, spec] of [
    ["less than what was asked first", {}, { entitlement: "readonly" }],
    ["more than what was asked first", readonly, {}],
    ["what overlaps with it", { entitlement: "export", contains: ["export", "readonly"] }, {}],
    ["it under another name of the person", { person: "alice-old" }, {}],
  ] as const) {
    attack(
      "§4.7",
      `ask for ${title}, once a friend is approver`,
      refusedBy("SOD-INDEPENDENCE", {
        attempt: deciding({
          ...{ spec, linked: [early] },
          openings: [{ ...early, fingerprint, route: withoutBob }],
        }),
        honest: deciding({ spec, linked: [early], openings: [{ ...early, fingerprint }] }),
      }),
    );
  }
  attack(
    "§4.7",
    "have somebody shut out by a request for something else",
    refusedBy("SOD-INDEPENDENCE", {
      attempt: deciding({
        linked: [early],
        openings: [{ ...early, fingerprint: { contains: ["readonly"] }, route: withoutBob }],
      }),
      honest: deciding({
        linked: [early],
        openings: [{ ...early, fingerprint: { contains: ["export"] }, route: withoutBob }],
      }),
    }),
  );
  attack(
    "§4.7",
    "ask for the service account, once a friend is approver",
    refusedBy("SOD-INDEPENDENCE", {
      attempt: deciding({
        ...botAsks,
        linked: [early],
        openings: [{ ...early, route: withoutBob }],
      }),
      honest: deciding({ ...botAsks, linked: [early], openings: [early] }),
    }),
  );
  attack(
    "§4.7",
    "change what it asks for in the same pull request",
    refusedBy("SOD-INDEPENDENCE", {
      attempt: deciding({ openings: [{ fingerprint: readonly, route: withoutBob }] }),
      honest: deciding({ openings: [{ fingerprint: readonly }] }),
    }),
  );
  const later = { pull: 3, at: "2026-11-21T08:30:00Z" };
  attack(
    "§4.7",
    "ask elsewhere first, then in a pull request that was opened before",
    refusedBy("SOD-INDEPENDENCE", {
      attempt: deciding({ linked: [later], openings: [{ ...later, route: withoutBob }] }),
      honest: deciding({ linked: [later], openings: [later] }),
    }),
  );
  attack(
    "§4.7",
    "have a later opening elsewhere stand for one's own",
    refusedBy("SOD-INDEPENDENCE", {
      attempt: deciding({ linked: [later], openings: [{ route: withoutBob }, later] }),
      honest: deciding({ linked: [later], openings: [{}, { ...later, route: withoutBob }] }),
    }),
  );
  attack(
    "§4.0",
    "hold the role when it is opened, and not now",
    refusedBy("SOD-ROLE", {
      attempt: deciding({ openings: [{}], teams: { "payments-owners": ["heidi"] } }),
      honest: deciding({ openings: [{}], teams: { "payments-owners": ["bob"] } }),
    }),
  );
  attack(
    "§4.0",
    "be given the name of somebody on the route",
    refusedBy("SOD-INDEPENDENCE", {
      attempt: deciding({
        openings: [{ route: { approver: ["bob"] } }],
        edit: [renamed("bob", "robert"), renamed("heidi", "bob")],
        reviews: [{ by: "heidi" }, { by: "carol" }],
      }),
      honest: deciding({ openings: [{ route: { approver: ["bob"] } }] }),
    }),
  );
  attack(
    "§4.7",
    "count as a substitute without a reroute",
    refusedBy("SOD-ROLE", {
      attempt: deciding({ edit: [substitute], reviews: [{ by: "ken" }, { by: "carol" }] }),
      honest: deciding({ edit: [substitute] }),
    }),
  );
  attack(
    "§2",
    "use the name of a request again",
    refusedBy("SOD-NAME", {
      attempt: deciding({ record: { firstPull: 3 } }),
      honest: deciding({ record: { firstPull: 7 } }),
    }),
  );
  const openedAt = (createdAt: string, given: Given = {}) => ({
    ...given,
    pull: { createdAt, ...given.pull },
  });
  const mergedNow = {
    state: "merged" as const,
    mergedAt: "2026-11-21T11:00:00Z",
    mergeCommit: "c".repeat(40),
  };
  attack(
    "§2",
    "wait until it is out of time, then ask for approvals",
    refusedBy("SOD-TIME", {
      attempt: deciding(openedAt("2026-11-18T12:00:00Z")),
      honest: deciding(openedAt("2026-11-18T12:00:01Z")),
    }),
  );
  attack(
    "§2",
    "have one that is out of time merged past the gate",
    refusedBy("SOD-TIME", {
      attempt: deciding(openedAt("2026-11-18T11:00:00Z", { pull: mergedNow })),
      honest: deciding(openedAt("2026-11-18T11:00:01Z", { pull: mergedNow })),
    }),
  );
  attack(
    "§2",
    "begin after what the request itself allows",
    refusedBy("SOD-TIME", {
      attempt: deciding({ spec: { activateBy: "2026-11-21T12:00:00Z" } }),
      honest: deciding({ spec: { activateBy: "2026-11-21T12:00:01Z" } }),
    }),
  );
});

const botAsks: Given = {
  spec: { beneficiary: { kind: "service-account", name: "settlement-bot" } },
};

const withoutHeidi: Edit = {
  path: "governance/people.yaml",
  from: "    - name: heidi\n      accounts: [{ login: heidi, id: 1008 }]\n      teams: [payments-owners]\n      identities: []\n",
  to: "",
};

const substitute: Edit = {
  path: "governance/people.yaml",
  from: "teams: [analytics-owners]",
  to: "teams: [analytics-owners, database-owners]",
};

function renamed(from: string, to: string): Edit {
  return { path: "governance/people.yaml", from: `- name: ${from}\n`, to: `- name: ${to}\n` };
}
