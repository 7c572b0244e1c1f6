import { createHash } from "node:crypto";
import { spellRolePermission } from "./role-permission.ts";
import type { RolePermission } from "./role-permission.ts";

/** The part of a RoleBinding or ClusterRoleBinding that is read; whatever the server leaves out is missing. */
export interface Binding {
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly deletionTimestamp?: string;
    readonly finalizers?: readonly string[];
  };
  readonly roleRef?: { readonly kind?: string; readonly name?: string };
  readonly subjects?: readonly { readonly kind?: string; readonly name?: string }[] | null;
}

export const rbacApi = "rbac.authorization.k8s.io";
const group = `/apis/${rbacApi}/v1`;

/** Who owns the fields that Countersign applies. */
export const fieldManager = "countersign";

/** The address of the bindings of one place; of every namespace when asked so. */
export function bindingsPath(
  place: { readonly namespace: string | null } | "all-namespaces",
): string {
  if (place === "all-namespaces") return `${group}/rolebindings`;
  const { namespace } = place;
  if (namespace === null) return `${group}/clusterrolebindings`;
  return `${group}/namespaces/${namespace}/rolebindings`;
}

/** The address of a role itself. */
export function rolePath({ namespace, kind, role }: RolePermission): string {
  const name = encodeURIComponent(role);
  if (kind === "ClusterRole" || namespace === null) return `${group}/clusterroles/${name}`;
  return `${group}/namespaces/${namespace}/roles/${name}`;
}

/** The name of the binding of one user to one role: always the same, so that giving twice gives one. */
export function bindingName(user: string, permission: RolePermission): string {
  const text = JSON.stringify([user, spellRolePermission(permission)]);
  return `countersign-${createHash("sha256").update(text).digest("hex").slice(0, 40)}`;
}

/** The binding as Countersign applies it. The annotations are for people: nothing is decided by them. */
export function bindingOf(user: string, permission: RolePermission): object {
  const { namespace, kind, role } = permission;
  return {
    apiVersion: `${rbacApi}/v1`,
    kind: namespace === null ? "ClusterRoleBinding" : "RoleBinding",
    metadata: {
      name: bindingName(user, permission),
      ...(namespace === null ? {} : { namespace }),
      labels: { "app.kubernetes.io/managed-by": fieldManager },
      annotations: {
        "countersign-user": user,
        "countersign-permission": spellRolePermission(permission),
      },
    },
    roleRef: { apiGroup: rbacApi, kind, name: role },
    subjects: [{ apiGroup: rbacApi, kind: "User", name: user }],
  };
}

/** Tells whether a binding names a user, and not a group or a service account of that name. */
export function binds({ subjects }: Binding, user: string): boolean {
  return (subjects ?? []).some(({ kind, name }) => kind === "User" && name === user);
}

/** Reads which role a binding gives, and where; `null` for a reference of a form that nobody knows. */
export function permissionOf({ metadata, roleRef }: Binding): RolePermission | null {
  const { kind, name: role } = roleRef ?? {};
  if (role === undefined || (kind !== "Role" && kind !== "ClusterRole")) return null;
  return { namespace: metadata?.namespace ?? null, kind, role };
}
