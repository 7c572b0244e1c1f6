import { EqualityFilter, PresenceFilter } from "ldapts";
import type { Entry } from "ldapts";
import { TargetRefused } from "../../../ports/target.ts";
import { sameDn } from "./dn.ts";
import type { MemberNames } from "./ldap-group-kinds.ts";
import { searchAll, valuesOf } from "./ldap-search.ts";
import type { LdapSession } from "./ldap-session.ts";
import { requireAbsent, unreadable } from "./ldap-sight.ts";

/** The one entry that an identity names. */
export interface Person extends MemberNames {
  /** The primary group's number, where there is one. */
  readonly gidNumber: string | null;
}

/**
 * Finds the entry below PEOPLE_BASE whose `uid` is the identity, as the directory compares them (so without regard to
 * case); `null` when there is none. The placeholder is nobody.
 *
 * Throws TargetRefused when several entries have it, and when not one person can be seen: an account that may not read
 * them would otherwise find everybody gone, and every access with them. Refuses as well what it may not read of the entry.
 */
export async function findPerson(session: LdapSession, identity: string): Promise<Person | null> {
  if (identity === "") return null;
  const { peopleBase, placeholder } = session.access;
  const entries = await searchAll(session, {
    base: peopleBase,
    filter: new EqualityFilter({ attribute: "uid", value: identity }),
    attributes: ["uid", "gidNumber"],
  });
  const [entry, ...others] = entries.filter(({ dn }) => !sameDn(dn, placeholder));
  if (others.length > 0) {
    throw new TargetRefused(
      `Several entries below PEOPLE_BASE have the uid ${JSON.stringify(identity)}: make it unique, or narrow PEOPLE_BASE.`,
    );
  }
  if (entry === undefined) {
    await requirePeople(session);
    return null;
  }
  return readPerson(session, entry);
}

/** Finds the person for a grant. Throws TargetRefused when there is none of exactly this spelling. */
export async function requirePerson(session: LdapSession, identity: string): Promise<Person> {
  const person = await findPerson(session, identity);
  const name = JSON.stringify(identity);
  if (person === null) {
    throw new TargetRefused(
      `The directory has nobody with the uid ${name} below PEOPLE_BASE: correct the name in people.yaml, or add the person there.`,
    );
  }
  if (!person.uids.includes(identity)) {
    throw new TargetRefused(
      `The directory spells ${name} as ${JSON.stringify(person.uids.join(", "))}: write it so in people.yaml.`,
    );
  }
  if (sameDn(person.dn, session.access.bindDn)) {
    throw new TargetRefused(`${name} is the executor's own account: it can hold no grant.`);
  }
  return person;
}

async function readPerson(session: LdapSession, entry: Entry): Promise<Person> {
  const { dn } = entry;
  const uids = valuesOf(entry, "uid");
  if (uids.length === 0) throw unreadable(dn, "uid");
  const [gidNumber = null] = valuesOf(entry, "gidNumber");
  if (gidNumber === null) await requireAbsent(session, dn, "gidNumber", "0");
  return { dn, uids, gidNumber };
}

async function requirePeople({ client, access }: LdapSession): Promise<void> {
  const { searchEntries } = await client.search(access.peopleBase, {
    filter: new PresenceFilter({ attribute: "uid" }),
    attributes: ["1.1"],
    sizeLimit: 1,
  });
  if (searchEntries.length > 0) return;
  throw new TargetRefused(
    "The executor's account sees nobody with a uid below PEOPLE_BASE: correct PEOPLE_BASE, or give the account the access " +
      "that docs/targets.md lists.",
  );
}
