import { Attribute, Change } from "ldapts";
import { TargetRefused } from "../../../ports/target.ts";
import { resultCode, resultCodes } from "./ldap-errors.ts";
import { requireGroup } from "./ldap-group.ts";
import type { Group } from "./ldap-group.ts";
import { requirePerson } from "./ldap-person.ts";
import type { LdapSession } from "./ldap-session.ts";

/** One identity's hold of one permission. */
export interface Membership {
  readonly identity: string;
  readonly permission: string;
}

/** Makes the person a member of the group. Repeatable. The placeholder stays where it is: it gives nobody anything. */
export async function giveMembership(
  session: LdapSession,
  { identity, permission }: Membership,
): Promise<void> {
  const person = await requirePerson(session, identity);
  const group = await requireGroup(session, permission);
  const [kind] = group.kinds;
  if (kind === undefined) throw classUnreadable(group);
  const value = kind.memberBy === "dn" ? person.dn : identity;
  try {
    await session.client.modify(group.dn, change("add", kind.attribute, value));
  } catch (error) {
    if (resultCode(error) === resultCodes.attributeOrValueExists) return;
    throw orWriteNeeded(error, session, `${kind.attribute} of ${group.dn}`);
  }
}

/** Composes one change of one value. */
export function change(operation: "add" | "delete", attribute: string, value: string): Change {
  return new Change({
    operation,
    modification: new Attribute({ type: attribute, values: [value] }),
  });
}

/** Replaces "insufficient access" by a refusal that says which access is needed; else the error itself. */
export function orWriteNeeded(error: unknown, { access }: LdapSession, place: string): unknown {
  if (resultCode(error) !== resultCodes.insufficientAccessRights) return error;
  return new TargetRefused(
    `The executor's account ${access.bindDn} may not write ${place}: give it write access to that attribute of the ` +
      "groups of the catalogue, as docs/targets.md shows.",
    { cause: error },
  );
}

function classUnreadable({ dn }: Group): TargetRefused {
  return new TargetRefused(
    `The executor's account may not read objectClass of ${dn}: give it the access that docs/targets.md lists.`,
  );
}
