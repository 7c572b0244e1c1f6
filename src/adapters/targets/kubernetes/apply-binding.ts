import { TargetRefused, TargetUnreachable } from "../../../ports/target.ts";
import { bindingName, bindingOf, bindingsPath, fieldManager } from "./binding.ts";
import type { Binding } from "./binding.ts";
import type { AskApi } from "./kubernetes-api.ts";
import type { RolePermission } from "./role-permission.ts";

/**
 * Applies the binding of a user to a role. Never by force: where somebody else owns the fields of a binding of this
 * name, or it refers to another role, a person has to look at it. Throws TargetRefused; TargetUnreachable while an
 * earlier one is being deleted, which would take the new one along.
 */
export async function applyBinding(
  ask: AskApi,
  user: string,
  permission: RolePermission,
): Promise<void> {
  const name = bindingName(user, permission);
  const path = `${bindingsPath(permission)}/${name}`;
  const { status, body } = await ask({
    method: "PATCH",
    path,
    query: { fieldManager },
    body: bindingOf(user, permission),
    contentType: "application/apply-patch+yaml",
    needs: neededToApply(permission),
    alsoAnswers: [404, 409, 422],
  });
  if (status === 404) {
    throw new TargetRefused(`The cluster has no namespace ${String(permission.namespace)}.`);
  }
  if (status >= 400) {
    throw new TargetRefused(
      `The binding ${name} is there and not as Countersign made it (${status}): look who changed it, and delete it.`,
    );
  }
  const { metadata } = body as Binding;
  if (metadata?.deletionTimestamp === undefined) return;
  throw new TargetUnreachable(`The binding ${name} is still being deleted: try again.`);
}

function neededToApply({ namespace, kind, role }: RolePermission): string {
  const bindings = namespace === null ? "clusterrolebindings" : "rolebindings";
  const roles = kind === "Role" ? "roles" : "clusterroles";
  return (
    `the verbs create and patch on ${bindings}, and, because nobody may give what they do not have, the verb bind on ` +
    `${roles}, resourceNames ["${role}"]`
  );
}
