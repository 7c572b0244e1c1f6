import type { AccessPolicy, Governance } from "../model/governance.ts";
import type { ApprovingRole } from "../model/names.ts";
import { durationSeconds } from "../parse/duration.ts";
import type { Case } from "./case.ts";

/** What approvals a PR needs: one person for each count of each role, all of them different. */
export interface ApprovalSteps {
  /** The paths that ROLES is asked about; a role must be held for all of them. */
  readonly paths: readonly string[];
  readonly steps: ReadonlyMap<ApprovingRole, Step>;
  /** An approval older than this no longer counts. */
  readonly approvalTtlSeconds: number;
  /** Team that owns the target; `null` for a change of governance. */
  readonly owningTeam: string | null;
}

export interface Step {
  readonly count: number;
  readonly notFrom: ReadonlySet<"requesting-team" | "granting-team">;
}

/**
 * Computes the steps from every policy that applies: counts of the same role take the maximum, `notFrom`
 * the union, the approval's life the minimum. `control` and `break-glass` are always independent of both
 * teams, whatever a policy says (P4); where neither is asked for, which only low-risk may do, nobody from the
 * requesting team approves. Returns `null` when no policy applies: nothing is approved then.
 */
export function approvalSteps(given: Case, governance: Governance): ApprovalSteps | null {
  if (given.pull.kind === "policy") return governanceSteps(given, governance);
  const request = given.request;
  if (request === null || request.policies.length === 0) return null;
  return {
    paths: [request.path],
    steps: accessSteps(request.policies),
    approvalTtlSeconds: Math.min(
      ...request.policies.map(({ spec }) => seconds(spec.limits.approvalTtl)),
    ),
    owningTeam: request.target.spec.owningTeam,
  };
}

/** Computes the steps of a request from the policies that apply to it, without asking who could fill them. */
export function accessSteps(policies: readonly AccessPolicy[]): ReadonlyMap<ApprovingRole, Step> {
  const asked = policies.flatMap(({ spec }) => spec.approvals.all);
  const independent = asked.some(({ role }) => role !== "approver");
  const steps = new Map<ApprovingRole, Step>();
  for (const { role, count, notFrom = [] } of asked) {
    const known = steps.get(role);
    const always = independent ? alwaysNotFrom(role) : (["requesting-team"] as const);
    steps.set(role, {
      count: Math.max(known?.count ?? 0, count),
      notFrom: new Set([...(known?.notFrom ?? []), ...notFrom, ...always]),
    });
  }
  return steps;
}

function governanceSteps(given: Case, governance: Governance): ApprovalSteps {
  const { approvals, limits } = governance.governancePolicy.spec;
  const counts = approvals.all.map(({ count }) => count);
  return {
    paths: given.snapshot.pull.changes.map(({ path }) => path),
    steps: new Map([["policy-admin", { count: Math.max(...counts), notFrom: new Set() }]]),
    approvalTtlSeconds: seconds(limits.approvalTtl),
    owningTeam: null,
  };
}

function alwaysNotFrom(role: ApprovingRole): readonly ("requesting-team" | "granting-team")[] {
  return role === "control" || role === "break-glass" ? ["requesting-team", "granting-team"] : [];
}

/** An unreadable duration is no time at all, so that it can never keep an approval alive. */
function seconds(duration: string): number {
  return durationSeconds(duration) ?? 0;
}
