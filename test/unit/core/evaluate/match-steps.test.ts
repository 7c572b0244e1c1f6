import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchSteps } from "../../../../src/core/evaluate/match-steps.ts";
import type { Candidate } from "../../../../src/core/evaluate/match-steps.ts";
import type { ApprovingRole } from "../../../../src/core/model/names.ts";

const roles = ["approver", "control", "break-glass"] as const;

const worlds = fc.record({
  steps: fc
    .tuple(fc.nat(2), fc.nat(2), fc.nat(2))
    .map(
      (counts) => new Map<ApprovingRole, number>(roles.map((role, at) => [role, counts[at] ?? 0])),
    ),
  candidates: fc.uniqueArray(
    fc.record({
      person: fc.constantFrom("a", "b", "c", "d", "e"),
      roles: fc.subarray([...roles], { minLength: 1 }),
    }),
    { selector: ({ person }) => person, maxLength: 5 },
  ),
});

/** Tries every assignment: the most slots that distinct people can fill. */
function most(slots: readonly ApprovingRole[], people: readonly Candidate[]): number {
  const [slot, ...rest] = slots;
  if (slot === undefined) return 0;
  const filled = people
    .filter(({ roles: held }) => held.includes(slot))
    .map(
      (by) =>
        1 +
        most(
          rest,
          people.filter((other) => other !== by),
        ),
    );
  return Math.max(most(rest, people), ...filled);
}

describe("matchSteps", () => {
  it("fills as many steps as any assignment can, each with a holder of its role and nobody twice", () => {
    fc.assert(
      fc.property(worlds, ({ steps, candidates }) => {
        const matched = matchSteps(steps, candidates);
        const slots = [...steps].flatMap(([role, count]) =>
          Array.from({ length: count }, () => role),
        );
        expect(matched.size).toBe(most(slots, candidates));
        for (const [person, role] of matched) {
          expect(candidates.find((one) => one.person === person)?.roles).toContain(role);
        }
        for (const [role, count] of steps) {
          expect(
            [...matched.values()].filter((filled) => filled === role).length,
          ).toBeLessThanOrEqual(count);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("gives the same whatever the order, and however often somebody is named", () => {
    fc.assert(
      fc.property(worlds, ({ steps, candidates }) => {
        const doubled = [...candidates.toReversed(), ...candidates];
        expect(matchSteps(steps, doubled)).toEqual(matchSteps(steps, candidates));
      }),
      { numRuns: 500 },
    );
  });
});
