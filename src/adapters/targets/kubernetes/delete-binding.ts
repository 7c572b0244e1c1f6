import { TargetRefused, TargetUnreachable } from "../../../ports/target.ts";
import { bindingName, bindingsPath, binds, permissionOf } from "./binding.ts";
import type { Binding } from "./binding.ts";
import type { AskApi } from "./kubernetes-api.ts";
import { listAll } from "./list-bindings.ts";
import { spellRolePermission } from "./role-permission.ts";
import type { RolePermission } from "./role-permission.ts";

/**
 * Deletes the binding of a user to a role, the very one that was read, and requires that nothing is left of it. Bindings
 * that somebody else made are left alone, for others may be in them: while one gives the same, this is TargetRefused and
 * names it. So is a binding that a finalizer holds back, because it gives access until it is gone.
 */
export async function deleteBinding(
  ask: AskApi,
  user: string,
  permission: RolePermission,
): Promise<void> {
  const name = bindingName(user, permission);
  const path = `${bindingsPath(permission)}/${name}`;
  const found = await readBinding(ask, path);
  if (found !== null) {
    await deleteExactly(ask, path, found);
    requireGone(await readBinding(ask, path), found);
  }
  const spelled = spellRolePermission(permission);
  const others = (await listAll(ask, bindingsPath(permission))).filter((one) => {
    const given = permissionOf(one);
    return binds(one, user) && given !== null && spellRolePermission(given) === spelled;
  });
  if (others.length === 0) return;
  const names = others.map(({ metadata }) => metadata?.name ?? "?").join(", ");
  throw new TargetRefused(
    `${user} has ${spelled} by ${names} as well, which Countersign did not make: take them out of it by hand.`,
  );
}

async function readBinding(ask: AskApi, path: string): Promise<Binding | null> {
  const { status, body } = await ask({
    method: "GET",
    path,
    needs: "the verb get on rolebindings and, for the whole cluster, clusterrolebindings",
    alsoAnswers: [404],
  });
  return status === 404 ? null : (body as Binding);
}

async function deleteExactly(ask: AskApi, path: string, { metadata }: Binding): Promise<void> {
  const { uid, resourceVersion } = metadata ?? {};
  const { status } = await ask({
    method: "DELETE",
    path,
    body: {
      apiVersion: "v1",
      kind: "DeleteOptions",
      preconditions: { uid, resourceVersion },
    },
    needs: "the verb delete on rolebindings and, for the whole cluster, clusterrolebindings",
    alsoAnswers: [404, 409],
  });
  if (status !== 409) return;
  throw new TargetUnreachable(
    "The binding was changed while it was being deleted: what the target holds is unknown; try again.",
  );
}

function requireGone(left: Binding | null, deleted: Binding): void {
  if (left === null) return;
  const { name = "?", uid, finalizers = [] } = left.metadata ?? {};
  if (uid !== deleted.metadata?.uid) {
    throw new TargetUnreachable(`Somebody made the binding ${name} anew: try again.`);
  }
  throw new TargetRefused(
    `The binding ${name} is being deleted and gives access until it is gone: take its finalizers off ` +
      `(${finalizers.join(", ")}).`,
  );
}
