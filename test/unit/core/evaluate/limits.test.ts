import { describe, expect, it } from "vitest";
import { limitsOf } from "../../../../src/core/evaluate/limits.ts";
import type { AccessPolicy } from "../../../../src/core/model/governance.ts";
import { exampleGovernance } from "../../../support/snapshot/cast.ts";

const named = (name: string): AccessPolicy => {
  const found = exampleGovernance.policies.find(({ metadata }) => metadata.name === name);
  if (found === undefined) throw new Error(`The example has no policy ${name}.`);
  return found;
};
const [low, privileged, standard] = [named("low-risk"), named("privileged"), named("standard")];
const day = 86_400;

describe("limitsOf", () => {
  it("reads those of one policy", () => {
    expect(limitsOf([privileged])).toEqual({
      maxTotalSeconds: 2 * day,
      maxConcurrent: 3,
      windowSeconds: 14 * day,
      approvalTtlSeconds: day,
      pendingSeconds: 3 * day,
      stalledAfterSeconds: day / 3,
      reviewWithinSeconds: 7 * day,
    });
  });

  it.each([
    ["one way round", [low, privileged, standard]],
    ["the other way round", [standard, privileged, low]],
  ])("takes of several the smallest, and the longest window, %s", (_, policies) => {
    expect(limitsOf(policies)).toEqual({
      maxTotalSeconds: 2 * day,
      maxConcurrent: 3,
      windowSeconds: 30 * day,
      approvalTtlSeconds: day,
      pendingSeconds: 3 * day,
      stalledAfterSeconds: day / 3,
      reviewWithinSeconds: 7 * day,
    });
  });

  it("is zero without a policy, which nothing is within", () => {
    expect(limitsOf([])).toEqual({
      maxTotalSeconds: 0,
      maxConcurrent: 0,
      windowSeconds: 0,
      approvalTtlSeconds: 0,
      pendingSeconds: 0,
      stalledAfterSeconds: Infinity,
      reviewWithinSeconds: 0,
    });
  });

  it("allows no time where a duration cannot be read, and remembers for ever", () => {
    const unreadable = "P1Y";
    const limits = {
      ...privileged.spec.limits,
      maxTotalDuration: unreadable,
      window: unreadable,
      approvalTtl: unreadable,
      pendingTimeout: unreadable,
      stalledAfter: unreadable,
    };
    expect(limitsOf([{ ...privileged, spec: { ...privileged.spec, limits } }, low])).toEqual({
      maxTotalSeconds: 0,
      maxConcurrent: 3,
      windowSeconds: Infinity,
      approvalTtlSeconds: 0,
      pendingSeconds: 0,
      stalledAfterSeconds: 2 * day,
      reviewWithinSeconds: 7 * day,
    });
  });

  it("says of a policy without `stalledAfter` that time alone stalls nothing", () => {
    const { stalledAfter, ...limits } = privileged.spec.limits;
    const policy = { ...privileged, spec: { ...privileged.spec, limits } };
    expect([stalledAfter, limitsOf([policy]).stalledAfterSeconds]).toEqual(["PT8H", Infinity]);
  });
});
