import { providerFacts } from "../../../core/model/providers.ts";
import { TargetRefused } from "../../../ports/target.ts";
import type { Target } from "../../../ports/target.ts";
import { withinTime } from "../within-time.ts";
import { applyBinding } from "./apply-binding.ts";
import { binds, permissionOf } from "./binding.ts";
import { deleteBinding } from "./delete-binding.ts";
import { kubernetesApi } from "./kubernetes-api.ts";
import type { AskApi, KubernetesAccess } from "./kubernetes-api.ts";
import { listBindings } from "./list-bindings.ts";
import { requireRole } from "./require-role.ts";
import { parseRolePermission, spellRolePermission } from "./role-permission.ts";
import type { RolePermission } from "./role-permission.ts";
import { usableAccess } from "./usable-access.ts";

/**
 * Opens the role bindings of a Kubernetes cluster: a permission is a role in a namespace or in the whole cluster, an
 * identity the name of a user as the cluster's authentication gives it. Each grant is a binding of its own, applied
 * server-side under the field manager `countersign` and a name that follows from user and role.
 *
 * Kubernetes keeps no list of users, so that nothing can be said of one that does not exist. What a user has through a
 * group is not of this target. Watches and `exec` that are open at a revoke go on: the API server asks at their beginning.
 */
export function openKubernetesTarget(options: KubernetesAccess): Target {
  let access: KubernetesAccess | null = usableAccess(options);
  const ask = async <T>(
    work: (ask: AskApi, namespaces: readonly string[] | null) => Promise<T>,
  ): Promise<T> => {
    if (access === null) {
      throw new TargetRefused("The target was closed and its token dropped: open it again.");
    }
    const opened = access;
    return withinTime("The Kubernetes API server", opened.timeoutSeconds, (signal) =>
      work(kubernetesApi(opened, signal), opened.namespaces),
    );
  };
  return {
    capabilities: providerFacts["kubernetes-role-binding"],
    observe: async (identity) => {
      const at = new Date().toISOString();
      const permissions = await ask((api, namespaces) => heldRoles(api, namespaces, identity));
      return { at, identity, permissions };
    },
    provision: (identity, permission) =>
      ask(async (api, namespaces) => {
        requireUser(identity);
        const role = requirePlace(namespaces, permission);
        await requireRole(api, role);
        await applyBinding(api, identity, role);
      }),
    revoke: (identity, permission) =>
      ask(async (api, namespaces) => {
        if (parseRolePermission(permission) === null || !isUserName(identity)) return;
        await deleteBinding(api, identity, requirePlace(namespaces, permission));
      }),
    sessions: () => Promise.resolve(null),
    close: () => {
      access = null;
      return Promise.resolve();
    },
  };
}

async function heldRoles(
  ask: AskApi,
  namespaces: readonly string[] | null,
  user: string,
): Promise<readonly string[]> {
  if (user === "") return [];
  const bindings = await listBindings(ask, namespaces);
  // One that is being deleted gives access until it is gone.
  const roles = bindings.filter((one) => binds(one, user)).map(permissionOf);
  const held = roles.flatMap((role) => (role === null ? [] : [spellRolePermission(role)]));
  return [...new Set(held)].sort();
}

function requirePlace(namespaces: readonly string[] | null, permission: string): RolePermission {
  const role = parseRolePermission(permission);
  if (role === null) {
    throw new TargetRefused(
      `${JSON.stringify(permission)} names no role: write it as payments:role/reader, payments:clusterrole/view or, ` +
        "for the whole cluster, clusterrole/view.",
    );
  }
  if (namespaces === null) return role;
  if (role.namespace !== null && namespaces.includes(role.namespace)) return role;
  throw new TargetRefused(
    `${permission} is outside the target's NAMESPACES: add the namespace there, or correct the catalogue.`,
  );
}

function requireUser(user: string): void {
  if (!isUserName(user)) {
    throw new TargetRefused(
      `${JSON.stringify(user)} cannot be the name of a user: correct governance/people.yaml.`,
    );
  }
  if (user.startsWith("system:")) {
    throw new TargetRefused(
      `${user} is a name of Kubernetes itself, such as everybody who did not log in: it can hold no grant.`,
    );
  }
}

function isUserName(user: string): boolean {
  return user !== "" && user.length <= 253 && user.isWellFormed();
}
