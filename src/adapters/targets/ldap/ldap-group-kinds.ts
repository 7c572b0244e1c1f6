import { EqualityFilter, OrFilter } from "ldapts";
import type { Entry, Filter } from "ldapts";
import { valuesOf } from "./ldap-search.ts";

/** How a class of groups writes its members. */
export interface GroupKind {
  readonly objectClass: string;
  readonly attribute: string;
  /** Whether a value is a person's distinguished name, or their uid with case (memberUid is case-sensitive by its schema). */
  readonly memberBy: "dn" | "uid";
}

/** What a person can be called in a group. */
export interface MemberNames {
  readonly dn: string;
  /** In the directory's own spelling; memberUid may hold any of them. */
  readonly uids: readonly string[];
}

/** A grant is written for the first kind that a group has; what is seen and taken are all of them. */
export const groupKinds: readonly GroupKind[] = [
  { objectClass: "groupOfNames", attribute: "member", memberBy: "dn" },
  { objectClass: "groupOfUniqueNames", attribute: "uniqueMember", memberBy: "dn" },
  { objectClass: "posixGroup", attribute: "memberUid", memberBy: "uid" },
];

/** Composes the filter for entries of any of these kinds. */
export function ofKinds(kinds: readonly GroupKind[]): Filter {
  const filters = kinds.map(
    ({ objectClass }) => new EqualityFilter({ attribute: "objectClass", value: objectClass }),
  );
  return new OrFilter({ filters });
}

/** Lists the values by which groups of a kind name a person. */
export function memberValues({ memberBy }: GroupKind, person: MemberNames): readonly string[] {
  return memberBy === "dn" ? [person.dn] : person.uids;
}

/** Reads of which kinds a group is, from its object classes. */
export function kindsOf(entry: Entry): readonly GroupKind[] {
  const classes = valuesOf(entry, "objectClass").map((name) => name.toLowerCase());
  return groupKinds.filter(({ objectClass }) => classes.includes(objectClass.toLowerCase()));
}
