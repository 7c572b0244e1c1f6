import { Attribute, Change, Client, Control } from "ldapts";
import { openLdapTarget } from "../../../src/adapters/targets/ldap/ldap-target.ts";
import type { LdapTargetOptions } from "../../../src/adapters/targets/ldap/ldap-access.ts";
import type { Target } from "../../../src/ports/target.ts";
import type { TargetWorld } from "../../contract/target.contract.ts";
import { slapdAdministrator } from "./start-slapd.ts";

/** The class of the groups that a world makes. */
export type GroupClass = "groupOfNames" | "groupOfUniqueNames" | "posixGroup";

/** A directory with the administrator's hands, which change it past Countersign. */
export interface LdapWorld extends TargetWorld {
  /** The administrator's own connection. */
  readonly administrator: Client;
  /** Opens a target with other settings than the world's own. */
  as(options: Partial<LdapTargetOptions>): Target;
  /** Reads the values of a group's attribute as they are written. */
  written(permission: string, attribute: string): Promise<readonly string[]>;
  /** Writes a value into a group. */
  write(permission: string, attribute: string, value: string): Promise<void>;
}

export const root = "dc=example,dc=org";
export const peopleBase = "ou=people,dc=example,dc=org";
export const groupsBase = "ou=groups,dc=example,dc=org";
export const placeholder = "cn=nobody,dc=example,dc=org";
export const password = "s3cret";

/** Names a person, with the escapes of RFC 4514. */
export function personDn(name: string): string {
  return `uid=${escapeValue(name)},${peopleBase}`;
}

/** Names a group, with the escapes of RFC 4514. */
export function groupDn(name: string): string {
  return `cn=${escapeValue(name)},${groupsBase}`;
}

/** Opens a target on a running directory and empties its people and groups; the target's account is `account`. */
export async function openLdapWorld(
  url: string,
  groupClass: GroupClass,
  account: string,
): Promise<LdapWorld> {
  const administrator = new Client({ url });
  await administrator.bind(slapdAdministrator.dn, slapdAdministrator.password);
  await refill(administrator);
  const usual: LdapTargetOptions = {
    url,
    bindDn: accountDn(account),
    password,
    peopleBase,
    groupsBase,
    placeholder,
    ca: null,
    timeoutSeconds: 5,
  };
  const as = (options: Partial<LdapTargetOptions>) => openLdapTarget({ ...usual, ...options });
  const target = as({});
  const write = (permission: string, attribute: string, value: string) =>
    administrator.modify(
      groupDn(permission),
      new Change({ modification: new Attribute({ type: attribute, values: [value] }) }),
    );
  return {
    target,
    administrator,
    as,
    write,
    // memberUid is of plain ASCII by its schema.
    canName: (name) => groupClass !== "posixGroup" || /^[ -~]*$/u.test(name),
    addIdentity: (name) => addPerson(administrator, name),
    addPermission: (name) => addGroup(administrator, name, groupClass),
    dropIdentity: (name) => administrator.del(personDn(name)),
    dropPermission: (name) => administrator.del(groupDn(name)),
    give: (identity, permission) =>
      write(permission, attributeOf[groupClass], valueOf(groupClass, identity)),
    written: async (permission, attribute) => {
      const { searchEntries } = await administrator.search(groupDn(permission), { scope: "base" });
      return [searchEntries[0]?.[attribute] ?? []].flat().map(String);
    },
    unreachable: () => as({ url: "ldap://127.0.0.1:1", timeoutSeconds: 2 }),
    close: async () => {
      await target.close();
      await administrator.unbind();
    },
  };
}

const attributeOf = {
  groupOfNames: "member",
  groupOfUniqueNames: "uniqueMember",
  posixGroup: "memberUid",
} as const;

export function accountDn(account: string): string {
  return `uid=${account},ou=services,dc=example,dc=org`;
}

function valueOf(groupClass: GroupClass, identity: string): string {
  return groupClass === "posixGroup" ? identity : personDn(identity);
}

function addPerson(administrator: Client, name: string): Promise<void> {
  const entry = { objectClass: ["inetOrgPerson"], uid: name, cn: name, sn: name };
  return administrator.add(personDn(name), entry);
}

function addGroup(administrator: Client, name: string, groupClass: GroupClass): Promise<void> {
  const seed =
    groupClass === "posixGroup"
      ? { gidNumber: "5000" }
      : { [attributeOf[groupClass]]: placeholder };
  return administrator.add(groupDn(name), { objectClass: [groupClass], cn: name, ...seed });
}

async function refill(administrator: Client): Promise<void> {
  const { searchEntries } = await administrator
    .search(root, { attributes: ["1.1"] }, referralsAsEntries)
    .catch(() => ({ searchEntries: [] }));
  // Children before their parents.
  const old = searchEntries.map(({ dn }) => dn).sort((a, b) => b.length - a.length);
  for (const dn of old) await administrator.del(dn, referralsAsEntries);
  await administrator.add(root, {
    objectClass: ["organization", "dcObject"],
    o: "Example",
  });
  for (const name of ["people", "groups", "services"]) {
    const entry = { objectClass: "organizationalUnit" };
    await administrator.add(`ou=${name},${root}`, entry);
  }
  for (const account of ["countersign", "tester"]) {
    const entry = { objectClass: ["account", "simpleSecurityObject"], userPassword: password };
    await administrator.add(accountDn(account), entry);
  }
}

/** ManageDsaIT (RFC 3296): what refers to another server is shown and deleted like any other entry. */
const referralsAsEntries = new Control("2.16.840.1.113730.3.4.2", { critical: true });

function escapeValue(value: string): string {
  return value.replace(/[\\,+"<>;=#]|^ | $/gu, String.raw`\$&`);
}
