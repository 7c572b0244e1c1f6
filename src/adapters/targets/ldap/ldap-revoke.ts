import { PresenceFilter } from "ldapts";
import { TargetRefused } from "../../../ports/target.ts";
import { isBelow, isNamed, sameDn } from "./dn.ts";
import { resultCode, resultCodes } from "./ldap-errors.ts";
import { memberValues } from "./ldap-group-kinds.ts";
import type { GroupKind } from "./ldap-group-kinds.ts";
import { groupsNamed } from "./ldap-group.ts";
import type { Group } from "./ldap-group.ts";
import type { LdapAccess } from "./ldap-access.ts";
import { findPerson } from "./ldap-person.ts";
import type { Person } from "./ldap-person.ts";
import { change, orWriteNeeded } from "./ldap-provision.ts";
import type { Membership } from "./ldap-provision.ts";
import { searchAll, valuesOf } from "./ldap-search.ts";
import type { LdapSession } from "./ldap-session.ts";

/**
 * Takes the person out of every group of this name, in every spelling. A person or a group that is gone is done; what a
 * deleted person left behind in the group goes too, so that the next one of that name does not come into it.
 *
 * Throws TargetRefused when it is the person's primary group, which only the person's own entry ends.
 */
export async function takeMembership(
  session: LdapSession,
  { identity, permission }: Membership,
): Promise<void> {
  if (identity === "") return;
  const person = await findPerson(session, identity);
  const groups = await groupsNamed(session, permission);
  for (const group of groups) {
    for (const kind of group.kinds) await takeOut(session, group, kind, { identity, person });
  }
  const primary = groups.find(({ gidNumber }) => isPrimary(person, gidNumber));
  if (primary === undefined) return;
  throw new TargetRefused(
    `${primary.dn} is the primary group of ${identity} and cannot be taken away in the group: give the person's entry ` +
      "another gidNumber.",
  );
}

/** Whom to take out: the identity, and its entry while there is one. */
export interface Leaver {
  readonly identity: string;
  readonly person: Person | null;
}

/**
 * Picks the values that name the leaver: their entry in any spelling, and a distinguished name below PEOPLE_BASE that is
 * made of their uid, which no other entry can have. Never the placeholder.
 */
export function valuesNaming(
  values: readonly string[],
  { memberBy }: GroupKind,
  { identity, person }: Leaver,
  { peopleBase, placeholder }: Pick<LdapAccess, "peopleBase" | "placeholder">,
): readonly string[] {
  if (memberBy === "uid") {
    const uids = person?.uids ?? [identity];
    return values.filter((value) => uids.includes(value));
  }
  return values.filter((value) => {
    const dn = value.replace(/#'[01]*'B$/u, "");
    if (sameDn(dn, placeholder)) return false;
    const isLeftBehind = isNamed(dn, "uid", identity) && isBelow(dn, peopleBase);
    return isLeftBehind || (person !== null && sameDn(dn, person.dn));
  });
}

async function takeOut(
  session: LdapSession,
  group: Group,
  kind: GroupKind,
  leaver: Leaver,
): Promise<void> {
  const [entry] = await searchAll(session, {
    base: group.dn,
    scope: "base",
    filter: new PresenceFilter({ attribute: "objectClass" }),
    attributes: [kind.attribute],
  });
  const written = entry === undefined ? [] : valuesOf(entry, kind.attribute);
  const naming = valuesNaming(written, kind, leaver, session.access);
  // The directory may know spellings as equal that differ here: it is asked to delete the entry's own name as well.
  const own =
    leaver.person === null || kind.memberBy === "uid" ? [] : memberValues(kind, leaver.person);
  for (const value of new Set([...naming, ...own])) {
    await removeValue(session, group, kind, value);
  }
}

async function removeValue(
  session: LdapSession,
  { dn }: Group,
  { attribute }: GroupKind,
  value: string,
): Promise<void> {
  const removal = change("delete", attribute, value);
  try {
    await session.client.modify(dn, removal).catch((error: unknown) => {
      // The last member of a group that must have one: the placeholder takes the place in the same step.
      if (resultCode(error) !== resultCodes.objectClassViolation) throw error;
      const standIn = change("add", attribute, session.access.placeholder);
      return session.client.modify(dn, [standIn, removal]);
    });
  } catch (error) {
    const code = resultCode(error);
    if (code === resultCodes.noSuchAttribute || code === resultCodes.noSuchObject) return;
    throw orWriteNeeded(error, session, `${attribute} of ${dn}`);
  }
}

function isPrimary(person: Person | null, gidNumber: string | null): boolean {
  return gidNumber !== null && person?.gidNumber === gidNumber;
}
