import type { ConditionFacts } from "../conditions/condition-facts.ts";
import { compileCondition } from "../conditions/compile-condition.ts";
import type { Compiled } from "../conditions/compile-condition.ts";
import { evaluateCondition } from "../conditions/evaluate-condition.ts";
import type { ConditionOutcome } from "../conditions/evaluate-condition.ts";
import type { AccessPolicy, Governance } from "../model/governance.ts";
import { durationSeconds } from "../parse/duration.ts";
import type { Case, OpenRequest } from "./case.ts";
import { teamsOf } from "./memberships.ts";
import { personBehind, personNamed } from "./people.ts";

/** One deny condition of a policy, and what it says of the request. */
export interface PolicyCondition {
  readonly policy: string;
  readonly code: string;
  readonly message: string;
  readonly outcome: ConditionOutcome;
}

/** Evaluates every deny condition of the policies that apply, now and when this was opened. */
export function conditionOutcomes(
  given: Case,
  governance: Governance,
  request: OpenRequest,
): readonly PolicyCondition[] {
  if (request.allPolicies.every(({ spec }) => spec.deny === undefined)) return [];
  const facts = conditionFacts(given, governance, request);
  return request.allPolicies.flatMap((policy) =>
    conditionsOf(policy).map(({ code, message, compiled }) => ({
      policy: policy.metadata.name,
      code,
      message,
      outcome: compiled.ok
        ? evaluateCondition(compiled.value, facts)
        : { outcome: "error", reason: compiled.fault.message },
    })),
  );
}

interface PreparedCondition {
  readonly code: string;
  readonly message: string;
  readonly compiled: Compiled;
}

/** Conditions are compiled once for a policy, which is never changed after parsing. */
const prepared = new WeakMap<AccessPolicy, readonly PreparedCondition[]>();

function conditionsOf(policy: AccessPolicy): readonly PreparedCondition[] {
  const known = prepared.get(policy);
  if (known !== undefined) return known;
  const made = (policy.spec.deny ?? []).map(({ when, code, message }) => ({
    code,
    message,
    compiled: compileCondition(when),
  }));
  prepared.set(policy, made);
  return made;
}

function conditionFacts(
  { now, snapshot: { teams } }: Case,
  governance: Governance,
  { document, target, entitlement, tier, fingerprint }: OpenRequest,
): ConditionFacts {
  const { spec, kind, metadata } = document;
  const teamsBehind = (name: string): readonly string[] =>
    [...teamsOf(governance, teams, personBehind(governance, name) ?? name)].sort();
  return {
    request: {
      kind,
      name: metadata.name,
      requester: spec.requester,
      beneficiary: spec.beneficiary,
      target: spec.target,
      entitlement: spec.entitlement,
      tier,
      // Longer than anything is the safe reading of a duration that cannot be read.
      durationSeconds: durationSeconds(spec.duration) ?? Number.MAX_SAFE_INTEGER,
      hasActivateBy: spec.activateBy !== undefined,
      activateBy: new Date(spec.activateBy ?? 0),
      reason: spec.reason,
      references: spec.references ?? [],
      compensatingControls: spec.compensatingControls ?? [],
    },
    requester: {
      name: spec.requester,
      kind: kindOf(governance, spec.requester),
      teams: teamsBehind(spec.requester),
    },
    beneficiary: {
      name: spec.beneficiary.name,
      kind: spec.beneficiary.kind,
      person: fingerprint.person,
      teams: teamsBehind(spec.beneficiary.name),
    },
    target: {
      name: target.metadata.name,
      provider: target.spec.provider,
      owningTeam: target.spec.owningTeam,
    },
    entitlement: {
      name: entitlement.name,
      tier: entitlement.tier,
      includes: fingerprint.contains.filter((name) => name !== entitlement.name),
    },
    now,
  };
}

function kindOf(governance: Governance, name: string): string {
  if (personNamed(governance, name) !== null) return "human";
  return governance.machines.find((machine) => machine.name === name)?.kind ?? "unknown";
}
