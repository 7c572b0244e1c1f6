/** A role in the catalogue: in one namespace, or without one in the whole cluster. */
export interface RolePermission {
  /** `null`: the whole cluster, by a ClusterRoleBinding. */
  readonly namespace: string | null;
  readonly kind: "Role" | "ClusterRole";
  readonly role: string;
}

/**
 * Reads `<namespace>:role/<name>`, `<namespace>:clusterrole/<name>` or `clusterrole/<name>`; `null` for what is not of one
 * of these forms. Every binding has one spelling only.
 */
export function parseRolePermission(permission: string): RolePermission | null {
  const found = form.exec(permission)?.groups;
  const { namespace = null, kind, role } = found ?? {};
  if (kind === undefined || role === undefined || role === "." || role === "..") return null;
  if (kind === "clusterrole") return { namespace, kind: "ClusterRole", role };
  return namespace === null ? null : { namespace, kind: "Role", role };
}

/** Writes a role as the catalogue does. */
export function spellRolePermission({ namespace, kind, role }: RolePermission): string {
  const place = namespace === null ? "" : `${namespace}:`;
  return `${place}${kind === "Role" ? "role" : "clusterrole"}/${role}`;
}

// A name of the API is one segment of a path: no slash and no percent sign.
const form =
  /^(?:(?<namespace>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?):)?(?<kind>role|clusterrole)\/(?<role>[A-Za-z0-9_.@:+=,-]{1,150})$/u;
