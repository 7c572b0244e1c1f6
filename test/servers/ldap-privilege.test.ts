import { Attribute, Change, Client } from "ldapts";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { TargetUnreachable } from "../../src/ports/target.ts";
import { documentedAcl } from "../support/ldap/documented-acl.ts";
import { expectRefusal, failure, held } from "../support/ldap/failures.ts";
import {
  accountDn,
  groupDn,
  groupsBase,
  openLdapWorld,
  password,
  peopleBase,
  personDn,
  root,
} from "../support/ldap/ldap-world.ts";
import type { GroupClass, LdapWorld } from "../support/ldap/ldap-world.ts";
import { startSlapd } from "../support/ldap/start-slapd.ts";
import type { RunningSlapd } from "../support/ldap/start-slapd.ts";

const executor = accountDn("countersign");
const own = (account: string, suffix: string) => `dn.exact="${accountDn(account)}"${suffix}`;

// `countersign` has what the documentation gives it. Another account may see all but one thing, whose name it bears; and
// `blind` may log in alone.
const hiding = (account: string, rule: string, level = "none") =>
  [
    `access to ${rule} by ${own(account, ` ${level}`)} by * break`,
    `access to dn.subtree="${root}" by ${own(account, " write")} by * break`,
  ].join("\n");
const acl = [
  documentedAcl(),
  hiding("hides-member", `dn.subtree="${groupsBase}" attrs=member,memberUid`),
  hiding("compares-member", `dn.subtree="${groupsBase}" attrs=member`, "compare"),
  hiding("hides-class", `dn.subtree="${groupsBase}" attrs=objectClass`),
  hiding("hides-name", `dn.subtree="${groupsBase}" attrs=cn`),
  hiding("hides-uid", `dn.subtree="${peopleBase}" attrs=uid`),
  hiding("searches-uid", `dn.subtree="${peopleBase}" attrs=uid`, "search"),
  hiding("hides-number", `dn.subtree="${peopleBase}" attrs=gidNumber`),
  `access to * by ${own("paged", " write")} by * break`,
  "access to attrs=userPassword by anonymous auth by * none",
  "access to * by * none",
].join("\n");
const accounts = [
  ...["hides-member", "hides-class", "hides-name", "hides-uid", "searches-uid", "hides-number"],
  ...["compares-member", "paged", "blind"],
];
const limits = [
  `limits ${own("countersign", "")} size.soft=8 size.hard=8 size.prtotal=8`,
  `limits ${own("paged", "")} size.soft=8 size.hard=8 size.prtotal=unlimited`,
].join("\n");

let slapd: RunningSlapd;
beforeAll(async () => {
  slapd = await startSlapd({ acl, database: limits });
});
afterAll(() => slapd.stop());

const end = new Date("2026-12-01T00:00:00Z");
let world: LdapWorld;
const begin = async (groupClass: GroupClass) => {
  world = await openLdapWorld(slapd.url, groupClass, "countersign");
  await world.addIdentity("anna");
  await world.addIdentity("ben");
  await world.addPermission("payments-readwrite");
  await world.addPermission("other");
  for (const account of accounts) await addAccount(world.administrator, account);
};
const addAccount = (administrator: Client, account: string) =>
  administrator.add(accountDn(account), {
    objectClass: ["account", "simpleSecurityObject"],
    userPassword: password,
  });
beforeEach(() => begin("groupOfNames"));
afterEach(() => world.close());
const login = (account: string) => world.as({ bindDn: accountDn(account) });

describe("LDAP target: least privilege", () => {
  it("does with the documented rules all that it has to, and nothing else", async () => {
    await world.target.provision("anna", "payments-readwrite", end);
    await world.give("anna", "other");
    expect(await held(world.target, "anna")).toEqual(["other", "payments-readwrite"]);
    await expectRefusal(
      world.target.provision("ben", "other", end),
      executor,
      `may not write member of ${groupDn("other")}`,
    );
    await expectRefusal(world.target.revoke("anna", "other"), "may not write member");
    await world.target.revoke("anna", "payments-readwrite");
    expect(await held(world.target, "anna")).toEqual(["other"]);
    const account = new Client({ url: slapd.url });
    await account.bind(executor, password);
    const { searchEntries } = await account.search(peopleBase, { filter: "(uid=anna)" });
    expect(Object.keys(searchEntries.find(({ dn }) => dn === personDn("anna")) ?? {})).toEqual([
      "dn",
      "uid",
    ]);
    const rename = { type: "cn", values: ["owner"] };
    await expect(
      account.modify(
        groupDn("payments-readwrite"),
        new Change({ modification: new Attribute(rename) }),
      ),
    ).rejects.toMatchObject({ code: 50 });
    await account.unbind();
  });

  it.each([
    ["hides-member", "may not read member"],
    ["compares-member", "may not read member"],
    ["hides-class", "may not read objectClass"],
    ["hides-name", "may not read cn"],
    ["hides-uid", "sees nobody"],
    ["searches-uid", "may not read uid"],
    ["hides-number", "may not read gidNumber"],
    ["blind", "PEOPLE_BASE"],
  ])("never takes what its account may not see for gone: %s", async (account, words) => {
    await world.give("anna", "other");
    await expectRefusal(login(account).observe("anna"), words);
  });

  it("never takes a posixGroup that it may not read for an empty one", async () => {
    await world.close();
    await begin("posixGroup");
    expect(await held(world.target, "anna")).toEqual([]);
    await expectRefusal(login("hides-member").observe("anna"), "may not read memberUid");
    await world.give("anna", "other");
    await expectRefusal(login("hides-member").observe("anna"), "may not read memberUid");
  });

  it.each([
    ["a wrong password", { password: "s3cret-of-yesterday" }, "49"],
    ["an account that does not exist", { bindDn: `uid=none,${root}` }, "BIND_DN"],
    ["a base for people that does not exist", { peopleBase: `ou=none,${root}` }, "PEOPLE_BASE"],
    ["a base for groups that does not exist", { groupsBase: `ou=none,${root}` }, "GROUPS_BASE"],
    ["a base that is on no server", { groupsBase: "dc=none" }, "GROUPS_BASE"],
  ])("refuses %s for every verb", async (_, options, words) => {
    const target = world.as(options);
    await expectRefusal(target.observe("anna"), words);
    await expectRefusal(target.provision("anna", "payments-readwrite", end), words);
    await expectRefusal(target.revoke("anna", "payments-readwrite"), words);
  });
});

describe("LDAP target: answers that are cut off", () => {
  beforeEach(async () => {
    for (let index = 0; index < 120; index += 1) {
      await world.addPermission(`many-${String(index).padStart(3, "0")}`);
    }
    await world.give("anna", "many-000");
  });

  it("never takes a cut answer for a whole one, and says which limit it is", async () => {
    const error = await failure(world.target.observe("anna"));
    expect(error).toBeInstanceOf(TargetUnreachable);
    expect(String(error)).toContain("size limit");
  });

  it("reads in pages what the server does not give at once", async () => {
    const paged = login("paged");
    expect(await held(paged, "anna")).toEqual(["many-000"]);
    for (let index = 1; index < 120; index += 1) {
      await world.give("anna", `many-${String(index).padStart(3, "0")}`);
    }
    expect(await held(paged, "anna")).toHaveLength(120);
  });

  it("refuses a tree of which another server holds a part", async () => {
    await world.administrator.add(`ou=far,${groupsBase}`, {
      objectClass: ["referral", "extensibleObject"],
      ref: `ldap://127.0.0.1:1/ou=far,${groupsBase}`,
    });
    await expectRefusal(login("paged").observe("anna"), "another server", "GROUPS_BASE");
  });
});

describe("LDAP target: a group of two kinds", () => {
  // As in the draft rfc2307bis, where posixGroup is an auxiliary class.
  const schema = `
attributetype ( 1.3.6.1.1.1.1.12 NAME 'memberUid' EQUALITY caseExactIA5Match SYNTAX 1.3.6.1.4.1.1466.115.121.1.26 )
objectclass ( 1.3.6.1.1.1.2.2 NAME 'posixGroup' SUP top AUXILIARY MUST gidNumber MAY memberUid )`;

  it("is given by name, and seen and taken by both", async () => {
    const other = await startSlapd({ acl, schema });
    const both = await openLdapWorld(other.url, "groupOfNames", "countersign");
    await both.addIdentity("anna");
    await both.addPermission("payments-readwrite");
    await both.administrator.modify(groupDn("payments-readwrite"), [
      new Change({ modification: new Attribute({ type: "objectClass", values: ["posixGroup"] }) }),
      new Change({ modification: new Attribute({ type: "gidNumber", values: ["5000"] }) }),
    ]);
    await both.target.provision("anna", "payments-readwrite", end);
    expect(await both.written("payments-readwrite", "member")).toContain(personDn("anna"));
    expect(await both.written("payments-readwrite", "memberUid")).toEqual([]);
    await both.write("payments-readwrite", "memberUid", "anna");
    await both.target.revoke("anna", "payments-readwrite");
    expect(await both.written("payments-readwrite", "memberUid")).toEqual([]);
    await both.write("payments-readwrite", "memberUid", "anna");
    expect(await held(both.target, "anna")).toEqual(["payments-readwrite"]);
    await both.close();
    await other.stop();
  });
});
