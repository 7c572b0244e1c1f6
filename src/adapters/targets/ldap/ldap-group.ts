import { AndFilter, EqualityFilter } from "ldapts";
import { TargetRefused } from "../../../ports/target.ts";
import { groupKinds, kindsOf, ofKinds } from "./ldap-group-kinds.ts";
import type { GroupKind } from "./ldap-group-kinds.ts";
import { searchAll, valuesOf } from "./ldap-search.ts";
import type { LdapSession } from "./ldap-session.ts";

/** A group as it stands in the directory. */
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

function kindNames(): string {
  return groupKinds.map(({ objectClass }) => objectClass).join(", ");
}
