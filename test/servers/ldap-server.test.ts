import { Attribute, Change, Client } from "ldapts";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { TargetRefused, TargetUnreachable } from "../../src/ports/target.ts";
import type { Target } from "../../src/ports/target.ts";
import { documentedAcl } from "../support/ldap/documented-acl.ts";
import {
  accountDn,
  groupDn,
  groupsBase,
  openLdapWorld,
  peopleBase,
  personDn,
  placeholder,
  root,
} from "../support/ldap/ldap-world.ts";
import type { GroupClass, LdapWorld } from "../support/ldap/ldap-world.ts";
import { startSlapd } from "../support/ldap/start-slapd.ts";
import type { RunningSlapd } from "../support/ldap/start-slapd.ts";

const executor = accountDn("countersign");
const own = (account: string, suffix: string) => `dn.exact="${accountDn(account)}"${suffix}`;

// `countersign` has what the documentation gives it. Another account may see all but one thing, whose name it bears; and
// `blind` may log in alone.
const hiding = (account: string, rule: string) =>
  [
    `access to ${rule} by ${own(account, " none")} by * break`,
    `access to dn.subtree="${root}" by ${own(account, " write")} by * break`,
  ].join("\n");
const acl = [
  documentedAcl(),
  hiding("hides-member", `dn.subtree="${groupsBase}" attrs=member,memberUid`),
  hiding("hides-class", `dn.subtree="${groupsBase}" attrs=objectClass`),
  hiding("hides-name", `dn.subtree="${groupsBase}" attrs=cn`),
  hiding("hides-uid", `dn.subtree="${peopleBase}" attrs=uid`),
  `access to * by ${own("paged", " write")} by * break`,
  "access to attrs=userPassword by anonymous auth by * none",
  "access to * by * none",
].join("\n");
const accounts = ["hides-member", "hides-class", "hides-name", "hides-uid", "paged", "blind"];
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
const held = async (target: Target, identity: string) =>
  (await target.observe(identity)).permissions;
const failure = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => null,
    (error: unknown) => error,
  );
const refuses = async (attempt: Promise<unknown>, ...words: string[]) => {
  const error = await failure(attempt);
  expect(error).toBeInstanceOf(TargetRefused);
  for (const word of words) expect(String(error)).toContain(word);
  expect(String(error)).not.toContain("s3cret");
};
const isUnreachableForAllVerbs = async (target: Target, words = "") => {
  const attempts = [
    target.observe("anna"),
    target.provision("anna", "payments-readwrite", end),
    target.revoke("anna", "payments-readwrite"),
  ];
  for (const error of await Promise.all(attempts.map(failure))) {
    expect(error).toBeInstanceOf(TargetUnreachable);
    expect(String(error)).toContain(words);
  }
};

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
    userPassword: "s3cret",
  });
beforeEach(() => begin("groupOfNames"));
afterEach(() => world.close());
const login = (account: string) => world.as({ bindDn: accountDn(account) });

describe("LDAP target: least privilege", () => {
  it("does with the documented rules all that it has to, and nothing else", async () => {
    await world.target.provision("anna", "payments-readwrite", end);
    await world.give("anna", "other");
    expect(await held(world.target, "anna")).toEqual(["other", "payments-readwrite"]);
    await refuses(
      world.target.provision("ben", "other", end),
      executor,
      `may not write member of ${groupDn("other")}`,
    );
    await refuses(world.target.revoke("anna", "other"), "may not write member");
    await world.target.revoke("anna", "payments-readwrite");
    expect(await held(world.target, "anna")).toEqual(["other"]);
    const account = new Client({ url: slapd.url });
    await account.bind(executor, "s3cret");
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
    ["hides-class", "may not read objectClass"],
    ["hides-name", "may not read cn"],
    ["hides-uid", "sees nobody"],
    ["blind", "PEOPLE_BASE"],
  ])("never takes what its account may not see for gone: %s", async (account, words) => {
    await world.give("anna", "other");
    await refuses(login(account).observe("anna"), words);
  });

  it("never takes a posixGroup that it may not read for an empty one", async () => {
    await world.close();
    await begin("posixGroup");
    expect(await held(world.target, "anna")).toEqual([]);
    await refuses(login("hides-member").observe("anna"), "may not read memberUid");
    await world.give("anna", "other");
    await refuses(login("hides-member").observe("anna"), "may not read memberUid");
  });

  it.each([
    ["a wrong password", { password: "s3cret-of-yesterday" }, "49"],
    ["an account that does not exist", { bindDn: `uid=none,${root}` }, "BIND_DN"],
    ["a base for people that does not exist", { peopleBase: `ou=none,${root}` }, "PEOPLE_BASE"],
    ["a base for groups that does not exist", { groupsBase: `ou=none,${root}` }, "GROUPS_BASE"],
    ["a base that is on no server", { groupsBase: "dc=none" }, "GROUPS_BASE"],
  ])("refuses %s for every verb", async (_, options, words) => {
    const target = world.as(options);
    await refuses(target.observe("anna"), words);
    await refuses(target.provision("anna", "payments-readwrite", end), words);
    await refuses(target.revoke("anna", "payments-readwrite"), words);
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
    await refuses(login("paged").observe("anna"), "another server", "GROUPS_BASE");
  });
});

describe("LDAP target: a server that does not answer", () => {
  it.each([
    ["busy", `cn=51,ou=codes,${root}`, "51"],
    ["unavailable", `cn=52,ou=codes,${root}`, "52"],
    ["an error of its own", `cn=80,ou=codes,${root}`, "80"],
  ])("K10: is unreachable when it says that it is %s", async (_, groupsBaseOfCode, words) => {
    await isUnreachableForAllVerbs(
      world.as({ bindDn: accountDn("paged"), groupsBase: groupsBaseOfCode }),
      words,
    );
  });

  it("K10: is unreachable when it passes questions to one that is down", async () => {
    await isUnreachableForAllVerbs(world.as({ groupsBase: "dc=down,dc=org" }), "52");
  });

  it("K10: is unreachable while it hangs, and what it held is held", async () => {
    await world.give("anna", "payments-readwrite");
    slapd.signal("SIGSTOP");
    try {
      await isUnreachableForAllVerbs(world.as({ timeoutSeconds: 0.3 }), "0.3 seconds");
    } finally {
      slapd.signal("SIGCONT");
    }
    await world.target.revoke("anna", "payments-readwrite");
    expect(await world.written("payments-readwrite", "member")).toEqual([placeholder]);
  });

  it("K10: is unreachable when it was stopped", async () => {
    const other = await startSlapd({ acl });
    const target = world.as({ url: other.url });
    await refuses(target.observe("anna"));
    await other.stop();
    await isUnreachableForAllVerbs(target, "ECONNREFUSED");
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

describe("LDAP target: encryption", () => {
  const secured = (url: string, ca: string | null) => world.as({ url, ca });

  it.each(["tlsUrl", "url"] as const)(
    "trusts the authority that it was given, over %s",
    async (url) => {
      const target = secured(slapd[url], slapd.ca);
      await target.provision("anna", "payments-readwrite", end);
      expect(await held(target, "anna")).toEqual(["payments-readwrite"]);
      await target.revoke("anna", "payments-readwrite");
      expect(await held(target, "anna")).toEqual([]);
    },
  );

  it("trusts no other authority, and no other name than the certificate's", async () => {
    const other = await startSlapd({ acl });
    await isUnreachableForAllVerbs(secured(slapd.tlsUrl, null), "SELF_SIGNED");
    await isUnreachableForAllVerbs(secured(slapd.tlsUrl, other.ca), "CA_FILE");
    await isUnreachableForAllVerbs(secured(slapd.url, other.ca), "CA_FILE");
    const named = slapd.tlsUrl.replace("127.0.0.1", "localhost");
    await isUnreachableForAllVerbs(secured(named, slapd.ca), "ERR_TLS_CERT_ALTNAME_INVALID");
    const started = slapd.url.replace("127.0.0.1", "localhost");
    await isUnreachableForAllVerbs(secured(started, slapd.ca), "ERR_TLS_CERT_ALTNAME_INVALID");
    await other.stop();
  });
});
