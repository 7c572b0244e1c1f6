import { TargetRefused } from "../../../ports/target.ts";
import { resultCode, resultCodes } from "./ldap-errors.ts";
import { groupKinds, ofKinds } from "./ldap-group-kinds.ts";
import type { GroupKind } from "./ldap-group-kinds.ts";
import { hasAttribute, searchAll } from "./ldap-search.ts";
import type { LdapSession } from "./ldap-session.ts";

/**
 * Requires that the executor's account may see every group below GROUPS_BASE with its members. Throws TargetRefused: a
 * server answers for a group that it hides as if nobody were in it, and a revoke would be recorded while the access is live.
 */
export async function requireSightOfGroups(session: LdapSession): Promise<void> {
  const { groupsBase } = session.access;
  // Without the right to look for classes of entries there seems to be no group at all.
  if ((await compared(session, groupsBase, "objectClass", "top")) === "forbidden") {
    throw unreadable(groupsBase, "objectClass");
  }
  // One after the other: a connection can have one search in pages at a time.
  for (const kind of groupKinds) await requireSightOfKind(session, kind);
}

/** Tells an attribute that is not there from one that is hidden, for which it throws TargetRefused. */
export async function requireAbsent(
  session: LdapSession,
  dn: string,
  attribute: string,
  value: string,
): Promise<void> {
  if ((await compared(session, dn, attribute, value)) !== "absent") throw unreadable(dn, attribute);
}

/** Names what the account may not read, and what to do. */
export function unreadable(dn: string, attribute: string): TargetRefused {
  return new TargetRefused(
    `The executor's account may not read ${attribute} of ${dn}, so nobody can tell who holds what: give it the access ` +
      "that docs/targets.md lists.",
  );
}

async function requireSightOfKind(session: LdapSession, kind: GroupKind): Promise<void> {
  const groups = await searchAll(session, {
    base: session.access.groupsBase,
    filter: ofKinds([kind]),
    // Names alone, so that large groups cost nothing. With `*` the client shows only what the server sent.
    attributes: ["*"],
    show: "names",
  });
  const anyValue = kind.memberBy === "dn" ? session.access.placeholder : "nobody";
  const doubtful = groups.filter((group) => !hasAttribute(group, kind.attribute));
  await Promise.all(doubtful.map(({ dn }) => requireAbsent(session, dn, kind.attribute, anyValue)));
}

/** A comparison needs less than reading does, and it alone tells "there is none" from "you may not know". */
async function compared(
  { client }: LdapSession,
  dn: string,
  attribute: string,
  value: string,
): Promise<"there" | "absent" | "forbidden"> {
  try {
    await client.compare(dn, attribute, value);
    return "there";
  } catch (error) {
    const code = resultCode(error) ?? -1;
    if (code === resultCodes.insufficientAccessRights) return "forbidden";
    if (absences.includes(code)) return "absent";
    throw error;
  }
}

const absences: readonly number[] = [
  resultCodes.noSuchAttribute,
  resultCodes.undefinedAttributeType,
  resultCodes.noSuchObject,
];
