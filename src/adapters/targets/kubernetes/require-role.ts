import { TargetRefused } from "../../../ports/target.ts";
import { rbacApi, rolePath } from "./binding.ts";
import type { AskApi } from "./kubernetes-api.ts";
import { spellRolePermission } from "./role-permission.ts";
import type { RolePermission } from "./role-permission.ts";

/**
 * Requires that a role exists and that its holder cannot use it to keep or widen the access after the end: by bindings
 * and roles of their own, or in the name of somebody else. Throws TargetRefused.
 */
export async function requireRole(ask: AskApi, permission: RolePermission): Promise<void> {
  const { kind, role } = permission;
  const resource = kind === "Role" ? "roles" : "clusterroles";
  const { status, body } = await ask({
    method: "GET",
    path: rolePath(permission),
    needs: `the verbs get and bind on ${resource}, resourceNames ["${role}"]`,
    alsoAnswers: [404],
  });
  const spelled = spellRolePermission(permission);
  if (status === 404) {
    throw new TargetRefused(
      `The cluster has no ${kind} for ${spelled}: create it, or correct the catalogue. Countersign creates none.`,
    );
  }
  const { rules } = body as { readonly rules?: readonly Rule[] | null };
  const [worst] = (rules ?? []).flatMap(powerToKeep);
  if (worst === undefined) return;
  throw new TargetRefused(
    `${spelled} may ${worst}: its holder could keep or widen the access after the end. ` +
      "Make a role with what is needed, and nothing else.",
  );
}

interface Rule {
  readonly apiGroups?: readonly string[] | null;
  readonly resources?: readonly string[] | null;
  readonly verbs?: readonly string[] | null;
}

function powerToKeep({ apiGroups, resources, verbs }: Rule): readonly string[] {
  const has = (list: readonly string[] | null | undefined, wanted: readonly string[]): boolean =>
    (list ?? []).some((one) => one === "*" || wanted.includes(one));
  if (has(verbs, ["impersonate"])) return ["impersonate"];
  const concernsRoles = has(apiGroups, [rbacApi]) && has(resources, rbacResources);
  return concernsRoles && has(verbs, writingVerbs) ? ["change roles or their bindings"] : [];
}

const rbacResources = ["roles", "clusterroles", "rolebindings", "clusterrolebindings"];
const writingVerbs = ["create", "update", "patch", "bind", "escalate"];
