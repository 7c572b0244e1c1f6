import { describe, expect, it } from "vitest";
import { approvalSteps } from "../../../../src/core/evaluate/approval-steps.ts";
import { eligibility } from "../../../../src/core/evaluate/eligibility.ts";
import { exclusions } from "../../../../src/core/evaluate/exclusions.ts";
import { fingerprintOf } from "../../../../src/core/evaluate/fingerprint.ts";
import { isWithinWindow, openingOf } from "../../../../src/core/evaluate/linked-pulls.ts";
import { requesterSet } from "../../../../src/core/evaluate/requester-set.ts";
import { roleHolders } from "../../../../src/core/evaluate/role-holders.ts";
import { roleLines } from "../../../../src/core/evaluate/role-lines.ts";
import { isOnRoute, routeOf } from "../../../../src/core/evaluate/route.ts";
import { standingDenials } from "../../../../src/core/evaluate/standing-denials.ts";
import { parseRoles } from "../../../../src/core/parse/roles.ts";
import { exampleGovernance as governance } from "../../../support/snapshot/cast.ts";
import { openRequest } from "../../../support/snapshot/open-request.ts";

const stranger = "nobody-of-us";
const given = openRequest({ reviews: [{ by: "bob" }, { by: "carol" }] });
const steps = approvalSteps(given, governance);
if (steps === null) throw new Error("The ordinary request needs approvals.");
const route = routeOf(given, governance);

/** What governance that parses cannot say, and what the rules make of it all the same: nothing that would let anybody in. */
describe("somebody whom people.yaml does not name", () => {
  it("is excluded by name, without accounts", () => {
    const requesters = { people: new Map([[stranger, ["asked"]]]), unresolved: [] };
    const excluded = exclusions(given, governance, { steps, requesters, candidates: new Set() });
    expect(excluded.reason(stranger, "requester")).toBe(`${stranger} asked.`);
    expect(excluded.reason("bob", "requester")).toBeNull();
    expect(excluded.all).toMatchObject([{ person: stranger, accounts: [] }]);
  });

  it("is on no route", () => {
    const [approvers] = route;
    if (approvers === undefined) throw new Error("The ordinary request has a route.");
    expect(isOnRoute(approvers, governance, "bob")).toBe(true);
    expect(isOnRoute(approvers, governance, "carol")).toBe(false);
    expect(isOnRoute(approvers, governance, stranger)).toBe(false);
  });

  it("is named by no line of ROLES", () => {
    const named = (person: string) => roleLines(governance, person, "control");
    expect(named("carol").map(({ names }) => names)).toEqual([true]);
    expect(named(stranger).map(({ names }) => names)).toEqual([false]);
  });

  it("holds no role by an account in ROLES, nor does a machine", () => {
    const parsed = parseRoles(
      "governance/ROLES",
      "[approver]\n* @bob @mallory @countersign-gate\n",
    );
    if (!parsed.ok) throw new Error("the example does not parse");
    const edited = {
      ...governance,
      roles: parsed.value,
      machines: governance.machines.map((machine) => ({
        ...machine,
        accounts: machine.accounts.map(({ id, login }) => ({
          id,
          login: login.replace("[bot]", ""),
        })),
      })),
    };
    const path = "access-requests/payments-db/x.yaml";
    expect(roleHolders(edited, given.snapshot, "approver", path)).toEqual(["bob"]);
  });

  it("owns a machine whose access nobody's accounts are linked to", () => {
    const { document } = openRequest({
      spec: { beneficiary: { kind: "service-account", name: "settlement-bot" } },
    });
    if (document === null) throw new Error("The request parses.");
    const orphaned = {
      ...governance,
      machines: governance.machines.map((machine) => ({ ...machine, owner: stranger })),
    };
    expect(fingerprintOf(governance, document)).toMatchObject({
      person: "alice",
      accounts: [1001, 1011],
    });
    expect(fingerprintOf(orphaned, document)).toMatchObject({ person: stranger, accounts: [] });
  });

  it("fills no step of which the holders are not known", () => {
    const requesters = requesterSet(given, governance);
    const excluded = exclusions(given, governance, { steps, requesters, candidates: new Set() });
    const able = (holders: ReadonlyMap<"approver", readonly string[]>) =>
      eligibility({ given, governance, steps, route, holders, exclusions: excluded });
    expect(able(new Map([["approver", ["bob"]]])).eligible("approver")).toEqual(["bob"]);
    expect(able(new Map()).eligible("approver")).toEqual([]);
    expect(able(new Map()).holdsStepRole("bob")).toBe(false);
  });

  it.each([
    ["heidi herself", { kind: "person", name: "heidi" }, []],
    ["a person nobody knows", { kind: "person", name: stranger }, ["heidi"]],
    ["a machine", { kind: "machine", name: "settlement-bot", owner: "heidi" }, ["heidi"]],
  ] as const)("lifts no denial of heidi's: an approval by %s", (_, identity, standing) => {
    const denied = openRequest({
      reviews: [{ by: "heidi" }],
      linked: [{ pull: 3, denials: [{ by: "heidi" }] }],
    });
    const [review] = denied.snapshot.pull.reviews;
    if (review === undefined) throw new Error("heidi gave a review.");
    const denials = standingDenials({
      given: denied,
      governance,
      seen: [],
      mayDeny: () => true,
      present: [{ review, identity, isDenial: false }],
    });
    expect(denials.map(({ person }) => person)).toEqual(standing);
  });
});

describe("openingOf", () => {
  it("finds the opening of this fingerprint, and none for what has no fingerprint", () => {
    const opened = openRequest({ openings: [{}] });
    expect(openingOf(opened)?.pull).toBe(7);
    expect(openingOf({ ...opened, fingerprint: null })).toBeNull();
  });
});

describe("isWithinWindow", () => {
  it("forgets what was before the window, and nothing where no policy says how long it is", () => {
    const opened = openRequest();
    expect(isWithinWindow(opened, "2026-11-20T08:00:00Z")).toBe(true);
    expect(isWithinWindow(opened, "2020-01-01T00:00:00Z")).toBe(false);
    expect(isWithinWindow({ ...opened, request: null }, "2020-01-01T00:00:00Z")).toBe(true);
  });
});
