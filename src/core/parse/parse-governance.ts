import type { Governance } from "../model/governance.ts";
import type { Parsed } from "../model/problem.ts";
import type { GovernanceFile } from "../model/snapshot.ts";
import { checkConditions } from "./governance-checks/check-conditions.ts";
import { checkConflicts } from "./governance-checks/check-conflicts.ts";
import { checkNoApproverMakers } from "./governance-checks/check-no-approver-makers.ts";
import { checkPeople } from "./governance-checks/check-people.ts";
import { checkPolicies } from "./governance-checks/check-policies.ts";
import { checkRoles } from "./governance-checks/check-roles.ts";
import { checkTargets } from "./governance-checks/check-targets.ts";
import { checkTrustRoot } from "./governance-checks/check-trust-root.ts";
import { loadGovernance } from "./governance-documents.ts";

/**
 * Parses everything under `governance/` and checks that it fits together. Never throws. One problem in
 * one file and there is no governance at all: half of a policy is a weaker policy. That the ids of the
 * trust root's keys are right is for the verifier to say, because it needs a hash.
 */
export function parseGovernance(files: readonly GovernanceFile[]): Parsed<Governance> {
  const loaded = loadGovernance(files);
  if (!loaded.ok) return loaded;
  const { roles, people, conflicts, trustRoot, targets, policies, governancePolicy } = loaded.value;
  const signatures = loaded.value.trustRootSignatures;
  const problems = checks.flatMap((check) => check(loaded.value));
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    value: {
      roles: roles.value,
      people: people.value.spec.people,
      teams: people.value.spec.teams,
      machines: people.value.spec.machines,
      delegations: people.value.spec.delegations ?? [],
      targets: targets.map(({ value }) => value),
      policies: policies.map(({ value }) => value),
      governancePolicy: governancePolicy.value,
      conflicts: conflicts.value.spec.conflicts,
      trustRoot: trustRoot.value,
      trustRootSignatures: signatures?.value.signatures ?? [],
    },
  };
}

const checks = [
  checkPeople,
  checkTargets,
  checkPolicies,
  checkConditions,
  checkConflicts,
  checkRoles,
  checkNoApproverMakers,
  checkTrustRoot,
] as const;
