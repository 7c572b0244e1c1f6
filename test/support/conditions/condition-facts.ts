import type { ConditionFacts } from "../../../src/core/conditions/condition-facts.ts";

/** What a test may say differently; everything else is as in the example. */
export type GivenFacts = {
  readonly [Part in keyof ConditionFacts]?: ConditionFacts[Part] extends Date
    ? Date
    : Partial<ConditionFacts[Part]>;
};

/** Saturday, a quarter to four in the afternoon, in UTC. */
export const saturday = new Date("2026-11-21T15:45:30.500Z");

/** Alice asks for herself for the payments database, on a Saturday. */
export function conditionFacts(given: GivenFacts = {}): ConditionFacts {
  return {
    request: { ...request, ...given.request },
    requester: { name: "alice", kind: "human", teams: ["payments", "on-call"], ...given.requester },
    beneficiary: {
      name: "alice",
      kind: "human",
      person: "alice",
      teams: ["payments", "on-call"],
      ...given.beneficiary,
    },
    target: {
      name: "payments-db",
      provider: "postgres",
      owningTeam: "database",
      ...given.target,
    },
    entitlement: {
      name: "readwrite",
      tier: "privileged",
      includes: ["read"],
      ...given.entitlement,
    },
    now: given.now ?? saturday,
  };
}

const request: ConditionFacts["request"] = {
  kind: "AccessRequest",
  name: "2026-11-21-alice-settlement",
  requester: "alice",
  beneficiary: { kind: "human", name: "alice" },
  target: "payments-db",
  entitlement: "readwrite",
  tier: "privileged",
  durationSeconds: 14_400,
  hasActivateBy: true,
  activateBy: new Date("2026-11-22T00:00:00Z"),
  reason: "Fix the stuck settlement batch 8841",
  references: [
    { type: "change", id: "CHG-1042" },
    { type: "ticket", id: "#204" },
  ],
  compensatingControls: ["statement logging on"],
};
