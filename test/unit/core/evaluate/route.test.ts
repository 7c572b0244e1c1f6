import { describe, expect, it } from "vitest";
import { decide } from "../../../../src/core/decide/decide.ts";
import { holdersOfAll, isOnRoute, routeOf } from "../../../../src/core/evaluate/route.ts";
import { buildSnapshot, noon } from "../../../support/snapshot/build-snapshot.ts";
import { exampleGovernance as governance } from "../../../support/snapshot/cast.ts";
import { openRequest } from "../../../support/snapshot/open-request.ts";

const payments = "access-requests/payments-db/x.yaml";
const analytics = "access-requests/analytics-db/x.yaml";

describe("holdersOfAll", () => {
  const holders = (role: "approver" | "control", paths: readonly string[]) =>
    holdersOfAll(openRequest(), governance, role, paths);

  it("names who holds the role for every one of the paths", () => {
    expect(holders("approver", [payments])).toEqual(["bob", "heidi", "ivan"]);
    expect(holders("approver", [payments, analytics])).toEqual([]);
    expect(holders("control", [payments, analytics])).toEqual(["carol", "judy"]);
  });

  it("names nobody for no path", () => {
    expect(holders("control", [])).toEqual([]);
  });
});

describe("routeOf", () => {
  it("keeps accounts in the order of their numbers", () => {
    const given = openRequest({
      edit: [{ path: "governance/people.yaml", from: "id: 1002", to: "id: 900000" }],
      teams: { "payments-owners": null },
    });
    if (given.governance === null) throw new Error("The example parses.");
    const [approvers] = routeOf(given, given.governance);
    expect(approvers).toMatchObject({
      people: ["bob", "heidi", "ivan"],
      accounts: [1008, 1009, 900000],
    });
  });

  it("is empty for a request that governance does not know", () => {
    const unknown = { spec: { entitlement: "superuser" } };
    expect(decide(buildSnapshot({}), noon).route).toHaveLength(3);
    expect(decide(buildSnapshot(unknown), noon).route).toEqual([]);
  });
});

describe("isOnRoute", () => {
  it("knows a person by any account that they had", () => {
    const route = { role: "approver", people: ["alice"], accounts: [1011] } as const;
    expect(isOnRoute(route, governance, "alice")).toBe(true);
    expect(isOnRoute(route, governance, "bob")).toBe(false);
  });
});
