import { AndFilter, EqualityFilter, OrFilter } from "ldapts";
import type { Entry, Filter } from "ldapts";
import { TargetRefused } from "../../../ports/target.ts";
import type { Person } from "./ldap-person.ts";
import { searchAll, valuesOf } from "./ldap-search.ts";
import type { LdapSession } from "./ldap-session.ts";

/** How a class of groups writes its members. */
export interface GroupKind {
  readonly objectClass: string;
  readonly attribute: string;
  /** Whether a value is a person's distinguished name, or their uid with case (memberUid is case-sensitive by its schema). */
  readonly memberBy: "dn" | "uid";
}

/** A grant is written for the first kind that a group has; what is seen and taken are all of them. */
export const groupKinds: readonly GroupKind[] = [
  { objectClass: "groupOfNames", attribute: "member", memberBy: "dn" },
  { objectClass: "groupOfUniqueNames", attribute: "uniqueMember", memberBy: "dn" },
  { objectClass: "posixGroup", attribute: "memberUid", memberBy: "uid" },
];

export interface Group {
  readonly dn: string;
  readonly names: readonly string[];
  readonly kinds: readonly GroupKind[];
  readonly gidNumber: string | null;
}

/** Finds every group below GROUPS_BASE that has this `cn`, as the directory compares them. */
export async function groupsNamed(
  session: LdapSession,
  permission: string,
): Promise<readonly Group[]> {
  const named = new EqualityFilter({ attribute: "cn", value: permission });
  const entries = await searchAll(session, {
    base: session.access.groupsBase,
    filter: new AndFilter({ filters: [named, ofKinds(groupKinds)] }),
    attributes: ["cn", "objectClass", "gidNumber"],
  });
  return entries.map((entry) => ({
    dn: entry.dn,
    names: valuesOf(entry, "cn"),
    kinds: kindsOf(entry),
    gidNumber: valuesOf(entry, "gidNumber")[0] ?? null,
  }));
}

/** Finds the group for a grant. Throws TargetRefused unless there is exactly one, of exactly this spelling. */
export async function requireGroup(session: LdapSession, permission: string): Promise<Group> {
  const [group, ...others] = await groupsNamed(session, permission);
  const name = JSON.stringify(permission);
  if (group === undefined) {
    throw new TargetRefused(
      `The directory has no group with the cn ${name} below GROUPS_BASE (of the class ${kindNames()}): correct the ` +
        "catalogue, or add the group there.",
    );
  }
  if (others.length > 0) {
    throw new TargetRefused(
      `Several groups below GROUPS_BASE have the cn ${name}: make it unique, or narrow GROUPS_BASE.`,
    );
  }
  if (group.names.includes(permission)) return group;
  throw new TargetRefused(
    `The directory spells ${name} as ${JSON.stringify(group.names.join(", "))}: write it so in the catalogue.`,
  );
}

/** Composes the filter for entries of any of these kinds. */
export function ofKinds(kinds: readonly GroupKind[]): Filter {
  const filters = kinds.map(
    ({ objectClass }) => new EqualityFilter({ attribute: "objectClass", value: objectClass }),
  );
  return new OrFilter({ filters });
}

/** Lists the values by which groups of a kind name a person. */
export function memberValues({ memberBy }: GroupKind, person: Person): readonly string[] {
  return memberBy === "dn" ? [person.dn] : person.uids;
}

function kindsOf(entry: Entry): readonly GroupKind[] {
  const classes = valuesOf(entry, "objectClass").map((name) => name.toLowerCase());
  return groupKinds.filter(({ objectClass }) => classes.includes(objectClass.toLowerCase()));
}

function kindNames(): string {
  return groupKinds.map(({ objectClass }) => objectClass).join(", ");
}
