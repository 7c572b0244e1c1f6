import { TargetRefused } from "../../../ports/target.ts";
import type { Ask } from "../http/http-system.ts";
import { textOf } from "../http/json-fields.ts";
import { isSameAccount } from "../http/names-in-systems.ts";
import { findResources, oddScim, requireSight } from "./scim-list.ts";
import type { ScimResource } from "./scim-list.ts";

/** A User of the service. */
export interface ScimUser {
  readonly id: string;
  readonly userName: string;
  readonly isActive: boolean;
}

/**
 * Finds the account of that userName; `null` where there is none. Whatever the service's filter lets through is compared
 * again here. Two accounts of one name are TargetRefused: nobody could say whose access it is.
 */
export async function findUser(ask: Ask, userName: string): Promise<ScimUser | null> {
  if (userName === "") return null;
  const resources = await findResources(ask, {
    endpoint: "Users",
    attribute: "userName",
    value: userName,
    attributes: "userName,active",
  });
  if (resources.length === 0) await requireSight(ask, "Users");
  const same = resources.map(readUser).filter((user) => isSameAccount(user.userName, userName));
  const exact = same.filter((user) => user.userName === userName);
  const [user, ...others] = exact.length > 0 ? exact : same;
  if (others.length === 0) return user ?? null;
  throw new TargetRefused(
    `The SCIM service has ${others.length + 1} users with the userName ${JSON.stringify(userName)}: rename all but one.`,
  );
}

function readUser({ id, fields }: ScimResource): ScimUser {
  const userName = textOf(fields["userName"]);
  if (userName === null) throw oddScim("with a user without userName");
  // Left out by services that do not know it; some write it as text.
  const active = fields["active"] ?? true;
  const isActive = active === true || textOf(active)?.toLowerCase() === "true";
  return { id, userName, isActive };
}
