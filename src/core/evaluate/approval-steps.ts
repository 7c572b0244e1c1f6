import type { AccessPolicy, Governance } from "../model/governance.ts";
import type { ApprovingRole } from "../model/names.ts";
import { durationSeconds } from "../parse/duration.ts";
import type { Case, OpenRequest } from "./case.ts";

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
 * Computes the steps from every policy that applies, now and when this was opened: counts of the same role take the
 * maximum, `notFrom` the union, the approval's life the minimum. `control` and `break-glass` are always independent of
 * both teams, whatever a policy says (P4); where neither is asked for, which only low-risk may do, nobody from the
 * requesting team approves. Returns `null` when no policy applies: nothing is approved then.
 */
export function approvalSteps(given: Case, governance: Governance): ApprovalSteps | null {
  if (given.pull.kind === "policy") return governanceSteps(given, governance);
  const { request } = given;
  if (request === null || request.policies.length === 0) return null;
  return {
    paths: [request.path],
    steps: withException(request, accessSteps(request.allPolicies)),
    approvalTtlSeconds: request.limits.approvalTtlSeconds,
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

/** An exception from a conflict needs an independent control person, whatever the policies ask for (rule 8). */
function withException(
  { document }: OpenRequest,
  steps: ReadonlyMap<ApprovingRole, Step>,
): ReadonlyMap<ApprovingRole, Step> {
  if (!("exceptions" in document.spec) || steps.has("control")) return steps;
  return new Map([...steps, ["control", { count: 1, notFrom: new Set(alwaysNotFrom("control")) }]]);
}

function governanceSteps({ snapshot, opening }: Case, governance: Governance): ApprovalSteps {
  const policies = [governance, ...(opening?.ok === true ? [opening.value] : [])].map(
    ({ governancePolicy }) => governancePolicy.spec,
  );
  const counts = policies.flatMap(({ approvals }) => approvals.all.map(({ count }) => count));
  return {
    paths: snapshot.pull.changes.map(({ path }) => path),
    steps: new Map([["policy-admin", { count: Math.max(...counts), notFrom: new Set() }]]),
    approvalTtlSeconds: Math.min(
      // An unreadable duration is no time at all, so that it can never keep an approval alive.
      ...policies.map(({ limits }) => durationSeconds(limits.approvalTtl) ?? 0),
    ),
    owningTeam: null,
  };
}

function alwaysNotFrom(role: ApprovingRole): readonly ("requesting-team" | "granting-team")[] {
  return role === "control" || role === "break-glass" ? ["requesting-team", "granting-team"] : [];
}
