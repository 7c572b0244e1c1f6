import { AndFilter, EqualityFilter, OrFilter } from "ldapts";
import type { Entry, Filter } from "ldapts";
import { groupKinds, memberValues, ofKinds } from "./ldap-group-kinds.ts";
import { findPerson } from "./ldap-person.ts";
import type { Person } from "./ldap-person.ts";
import { searchAll, valuesOf } from "./ldap-search.ts";
import type { LdapSession } from "./ldap-session.ts";
import { requireSightOfGroups, unreadable } from "./ldap-sight.ts";

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
  await requireSightOfGroups(session);
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
