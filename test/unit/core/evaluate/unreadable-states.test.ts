import { describe, expect, it } from "vitest";
import { decide } from "../../../../src/core/decide/decide.ts";
import { notAfter } from "../../../../src/core/decide/not-after.ts";
import { openApprovals } from "../../../../src/core/evaluate/approval-case.ts";
import { approvalSteps } from "../../../../src/core/evaluate/approval-steps.ts";
import { openCase } from "../../../../src/core/evaluate/case.ts";
import { judgeReroute } from "../../../../src/core/evaluate/commands/judge-reroute.ts";
import { conditionOutcomes } from "../../../../src/core/evaluate/condition-outcomes.ts";
import { emergencyTerms } from "../../../../src/core/evaluate/emergency/emergency-terms.ts";
import { routeOf } from "../../../../src/core/evaluate/route.ts";
import { contributorsKnown } from "../../../../src/core/evaluate/rules/contributors-known.ts";
import { governanceIntact } from "../../../../src/core/evaluate/rules/governance-intact.ts";
import { noConflict } from "../../../../src/core/evaluate/rules/no-conflict.ts";
import { requestValid } from "../../../../src/core/evaluate/rules/request-valid.ts";
import { withinLimits } from "../../../../src/core/evaluate/rules/within-limits.ts";
import { clashes } from "../../../../src/core/evaluate/static-sod.ts";
import type { CommandOutcome } from "../../../../src/core/model/command.ts";
import type { CountedApproval } from "../../../../src/core/model/decision.ts";
import type { Conflict } from "../../../../src/core/model/governance.ts";
import { buildSnapshot, noon } from "../../../support/snapshot/build-snapshot.ts";
import { stalledAt } from "../../../support/snapshot/carry-out.ts";
import { exampleGovernance as governance } from "../../../support/snapshot/cast.ts";
import { openRequest, withDuration } from "../../../support/snapshot/open-request.ts";
import type { RequestCase } from "../../../support/snapshot/open-request.ts";

const given = openRequest();
const unreadable = "P1Y";

/** The parser lets none of these through. The rules do not rely on it: what cannot be read allows nothing. */
describe("a duration that cannot be read", () => {
  it("is above every limit", () => {
    expect(withinLimits(given)).toMatchObject({ outcome: "satisfied" });
    expect(withinLimits(withDuration(given, unreadable))).toMatchObject({ outcome: "violated" });
  });

  it("is longer than a condition asks about", () => {
    const outcomes = (duration: string) => outcome(withDuration(given, duration), isLong);
    expect(outcomes("PT4H")).toBe("does-not-hold");
    expect(outcomes(unreadable)).toBe("holds");
  });

  it("is no exception from a conflict, asked for or allowed", () => {
    const excepted = openRequest({
      spec: {
        duration: "PT2H",
        exceptions: [{ conflict: "settle-and-report", reason: "There is nobody else today." }],
      },
      holdings: [{ target: "analytics-db", entitlement: "readonly" }],
    });
    const outcomeOf = (one: RequestCase, maxDuration = "PT2H") => {
      const found = clashes(one, governance, one.request).map(({ conflict, holding }) => ({
        holding,
        conflict: { ...conflict, exception: { maxDuration } } satisfies Conflict,
      }));
      expect(found).toHaveLength(1);
      return noConflict(one, found).outcome;
    };
    expect(outcomeOf(excepted)).toBe("satisfied");
    expect(outcomeOf(withDuration(excepted, unreadable))).toBe("violated");
    expect(outcomeOf(excepted, unreadable)).toBe("violated");
  });

  it("opens no later step of the chain, and leaves no budget", () => {
    const read = emergencyTerms(governance.policies);
    expect(read).toMatchObject({
      chainStepSeconds: 600,
      budgets: [{ windowSeconds: 30 * 86_400 }],
    });
    const policies = governance.policies.map((policy) => {
      const { breakGlass } = policy.spec;
      if (breakGlass === undefined) return policy;
      const budget = { ...breakGlass.budget, window: unreadable };
      const spec = {
        ...policy.spec,
        breakGlass: { ...breakGlass, chainStep: unreadable, budget },
      };
      return { ...policy, spec };
    });
    expect(emergencyTerms(policies)).toMatchObject({
      chainStepSeconds: Infinity,
      budgets: [{ windowSeconds: Infinity }],
    });
  });

  it("lets nothing be rerouted", () => {
    expect(rerouted("PT4H").code).toBe("CMD-REROUTED");
    expect(rerouted(unreadable).code).toBe("CMD-TOO-LONG");
  });

  it("keeps no approval of a change of governance alive", () => {
    const path = "governance/people.yaml";
    const policy = [{ path, from: "Builds the reports.", to: "Builds all reports." }];
    const changing = openCase(buildSnapshot({ policy }), noon);
    const limits = { approvalTtl: unreadable };
    const { governancePolicy } = governance;
    const spec = { ...governancePolicy.spec, limits };
    const edited = { ...governance, governancePolicy: { ...governancePolicy, spec } };
    expect(approvalSteps(changing, governance)?.approvalTtlSeconds).toBe(2 * 86_400);
    expect(approvalSteps(changing, edited)?.approvalTtlSeconds).toBe(0);
  });
});

describe("notAfter", () => {
  const approval: CountedApproval = {
    ...{
      review: 100,
      principal: 1002,
      login: "bob",
      person: "bob",
      actsFor: null,
      role: "approver",
    },
    ...{ commit: "a", submittedAt: "2026-11-21T09:00:00Z" },
  };
  const activateBy = "2026-11-21T20:00:00Z";

  it("is the policy's approvalTtl after the oldest approval", () => {
    const later = { ...approval, submittedAt: "2026-11-21T11:00:00Z" };
    expect(notAfter(given.request, [later, approval], [])).toBe("2026-11-22T09:00:00.000Z");
  });

  it("is activateBy where that is earlier", () => {
    const { request } = openRequest({ spec: { activateBy } });
    expect(notAfter(request, [approval], [])).toBe("2026-11-21T20:00:00.000Z");
  });

  it("is not known without an approval, though activateBy is", () => {
    const { request } = openRequest({ spec: { activateBy } });
    expect(notAfter(request, [], [])).toBeNull();
  });

  it("is not known when an approval has no readable time", () => {
    expect(
      notAfter(given.request, [approval, { ...approval, submittedAt: "soon" }], []),
    ).toBeNull();
  });
});

describe("a condition that does not compile", () => {
  it("is an error, which denies", () => {
    expect(outcome(given, "beneficary.kind == 'agent'")).toBe("error");
    expect(outcome(given, "beneficiary.kind == 'human'")).toBe("holds");
  });
});

describe("a missing part", () => {
  it("of the requester set: nobody is known to have asked", () => {
    const people = new Map([["alice", ["asked"]]]);
    expect(contributorsKnown({ people, unresolved: [] }).outcome).toBe("satisfied");
    expect(contributorsKnown({ people: new Map(), unresolved: [] })).toMatchObject({
      outcome: "indeterminate",
      reason: "Nobody is known to have asked.",
    });
  });

  it("of governance: no governance is an error though nothing names one", () => {
    expect(governanceIntact(given).outcome).toBe("satisfied");
    const without = { ...given, governance: null, governanceProblems: [] };
    expect(governanceIntact(without).outcome).toBe("indeterminate");
  });

  it.each([
    ["nothing at all", {}, "satisfied", "The request is complete"],
    ["the file", { change: null }, "violated", "There is no request file."],
    ["the document", { document: null }, "violated", "The request cannot be read."],
    ["the catalogue", { governance: null }, "indeterminate", "The catalogue cannot be read."],
    ["its place in the catalogue", { request: null }, "violated", "No policy applies"],
    ["a policy", { request: { ...given.request, policies: [] } }, "violated", "No policy applies"],
    [
      "a policy when it was opened",
      { request: { ...given.request, openingPolicies: [] } },
      "violated",
      "No policy allowed this when it was opened",
    ],
  ] as const)("of the request: %s", (_, missing, expected, reason) => {
    const finding = requestValid({ ...given, ...missing });
    expect(finding.outcome).toBe(expected);
    expect(finding.reason).toContain(reason);
    expect(finding.facts).toHaveLength("change" in missing ? 0 : 1);
  });
});

const isLong = "request.durationSeconds > 315360000";

/** What the only policy's only deny condition says of the request. */
function outcome({ request, ...rest }: RequestCase, when: string): string | undefined {
  const [policy] = request.allPolicies;
  if (policy === undefined) throw new Error("A policy applies to the ordinary request.");
  const deny = [{ when, code: "MINE", message: "Not like this." }] as const;
  const allPolicies = [{ ...policy, spec: { ...policy.spec, deny } }];
  const asked = { ...request, allPolicies };
  const [found, ...others] = conditionOutcomes({ ...rest, request: asked }, governance, asked);
  expect(others).toEqual([]);
  return found?.outcome.outcome;
}

/** What comes of a reroute of the ordinary request, once it is stalled, by policies that allow one for so long. */
function rerouted(maxDuration: string): CommandOutcome {
  const allPolicies = given.request.allPolicies.map((policy) => {
    const reroute = { reasons: ["no-answer"], maxDuration } as const;
    return { ...policy, spec: { ...policy.spec, reroute } };
  });
  const stalled = { ...given, now: stalledAt, request: { ...given.request, allPolicies } };
  const steps = approvalSteps(stalled, governance);
  if (steps === null) throw new Error("A policy applies to the ordinary request.");
  const route = routeOf(stalled, governance);
  return judgeReroute(
    {
      ...{ given: stalled, governance, path: given.request.path, comment: 9001 },
      ...{ person: "dave", actor: { person: "dave", accounts: [1004] } },
    },
    {
      ...{ name: "reroute", role: "approver", from: "bob", to: "oscar", reason: "no-answer" },
      ...{ ticket: "OPS-7", basis: "privileged", forSeconds: 14_400 },
    },
    {
      approvals: openApprovals(stalled, governance, { steps, route }),
      decision: decide(stalled.snapshot, stalledAt),
    },
  );
}
