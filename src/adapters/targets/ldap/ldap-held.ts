import { AndFilter, EqualityFilter, OrFilter } from "ldapts";
import type { Entry, Filter } from "ldapts";
import { TargetRefused } from "../../../ports/target.ts";
import { resultCode, resultCodes } from "./ldap-errors.ts";
import { groupKinds, memberValues, ofKinds } from "./ldap-group.ts";
import type { GroupKind } from "./ldap-group.ts";
import { findPerson } from "./ldap-person.ts";
import type { Person } from "./ldap-person.ts";
import { hasAttribute, searchAll, valuesOf } from "./ldap-search.ts";
import type { LdapSession } from "./ldap-session.ts";

/**
 * Lists the `cn` of every group below GROUPS_BASE that names the person directly, and of the primary group, sorted. The
 * directory itself compares, by the matching rules of its schema.
 *
 * A group whose members the executor's account may not read is a refusal: a server answers for it as if nobody were in it,
 * and a revoke would be recorded while the access is live.
 */
export async function heldPermissions(
  session: LdapSession,
  identity: string,
): Promise<readonly string[]> {
  const person = await findPerson(session, identity);
  if (person === null) return [];
  const held = await searchAll(session, {
    base: session.access.groupsBase,
    filter: new AndFilter({ filters: [ofKinds(groupKinds), hasPerson(person)] }),
    attributes: ["cn"],
  });
  await requireSight(session);
  // One after the other: a connection can have one search in pages at a time.
  for (const kind of groupKinds) await requireReadable(session, kind);
  return [...new Set(held.flatMap(namesOf))].sort();
}

/** Composes the filter for groups that have the person. */
function hasPerson(person: Person): Filter {
  const byValue = groupKinds.flatMap((kind) =>
    memberValues(kind, person).map(
      (value) => new EqualityFilter({ attribute: kind.attribute, value }),
    ),
  );
  const { gidNumber } = person;
  const byNumber =
    gidNumber === null
      ? []
      : [
          new AndFilter({
            filters: [
              new EqualityFilter({ attribute: "objectClass", value: "posixGroup" }),
              new EqualityFilter({ attribute: "gidNumber", value: gidNumber }),
            ],
          }),
        ];
  return new OrFilter({ filters: [...byValue, ...byNumber] });
}

function namesOf(entry: Entry): readonly string[] {
  const names = valuesOf(entry, "cn");
  if (names.length > 0) return names;
  throw unreadable(entry.dn, "cn");
}

/** Without the right to look for classes of entries there seems to be no group at all. */
async function requireSight({ client, access }: LdapSession): Promise<void> {
  try {
    await client.compare(access.groupsBase, "objectClass", "top");
  } catch (error) {
    if (resultCode(error) !== resultCodes.insufficientAccessRights) throw error;
    throw unreadable(access.groupsBase, "objectClass");
  }
}

async function requireReadable(session: LdapSession, kind: GroupKind): Promise<void> {
  const groups = await searchAll(session, {
    base: session.access.groupsBase,
    filter: ofKinds([kind]),
    // Names alone, so that large groups cost nothing. With `*` the client shows only what the server sent.
    attributes: ["*"],
    show: "names",
  });
  const doubtful = groups.filter((group) => !hasAttribute(group, kind.attribute));
  await Promise.all(doubtful.map(({ dn }) => requireEmpty(session, kind, dn)));
}

/** Tells an empty group from one that hides its members: only the former has no such attribute to compare with. */
async function requireEmpty(
  { client, access }: LdapSession,
  kind: GroupKind,
  dn: string,
): Promise<void> {
  try {
    const nobody = kind.memberBy === "dn" ? access.placeholder : "nobody";
    await client.compare(dn, kind.attribute, nobody);
  } catch (error) {
    const code = resultCode(error);
    if (code === resultCodes.noSuchAttribute || code === resultCodes.noSuchObject) return;
    if (code !== resultCodes.insufficientAccessRights) throw error;
  }
  throw unreadable(dn, kind.attribute);
}

function unreadable(dn: string, attribute: string): TargetRefused {
  return new TargetRefused(
    `The executor's account may not read ${attribute} of ${dn}, so nobody can tell who is in the group: give it read ` +
      "access to every group below GROUPS_BASE, as docs/targets.md shows.",
  );
}
