import { Attribute, Change } from "ldapts";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { TargetRefused } from "../../src/ports/target.ts";
import type { Target } from "../../src/ports/target.ts";
import { describeTarget } from "../contract/target.contract.ts";
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
import { slapdAdministrator, startSlapd } from "../support/ldap/start-slapd.ts";
import type { RunningSlapd } from "../support/ldap/start-slapd.ts";

// `countersign` has exactly what the documentation gives it; `tester` may write every group, as the contract suite makes many.
const acl = [
  documentedAcl(),
  documentedAcl()
    .replaceAll("uid=countersign,", "uid=tester,")
    .replace('dn.exact="cn=payments-readwrite,', 'dn.children="'),
  "access to attrs=userPassword by anonymous auth by * none",
  "access to * by * none",
].join("\n");

let slapd: RunningSlapd;
beforeAll(async () => {
  const few = `limits dn.exact="${accountDn("countersign")}" size.soft=8 size.hard=8 size.prtotal=8`;
  const paged = `limits dn.exact="${accountDn("tester")}" size.soft=8 size.hard=8 size.prtotal=unlimited`;
  slapd = await startSlapd({ acl, database: `${few}\n${paged}` });
});
afterAll(() => slapd.stop());

const open = (groupClass: GroupClass, account = "tester") =>
  openLdapWorld(slapd.url, groupClass, account);
const end = new Date("2026-12-01T00:00:00Z");
const held = async (target: Target, identity: string) =>
  (await target.observe(identity)).permissions;
const failure = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => null,
    (error: unknown) => error,
  );

describeTarget("OpenLDAP, groupOfNames", () => open("groupOfNames"));
describeTarget("OpenLDAP, groupOfUniqueNames", () => open("groupOfUniqueNames"));
describeTarget("OpenLDAP, posixGroup", () => open("posixGroup"));

describe.each([
  ["groupOfNames", "member"],
  ["groupOfUniqueNames", "uniqueMember"],
] as const)("LDAP target: %s", (groupClass, attribute) => {
  let world: LdapWorld;
  beforeEach(async () => {
    world = await open(groupClass);
    await world.addIdentity("anna");
    await world.addIdentity("ben");
    await world.addPermission("read_all");
  });
  afterEach(() => world.close());
  const without = (value: string) =>
    world.administrator.modify(
      groupDn("read_all"),
      new Change({
        operation: "delete",
        modification: new Attribute({ type: attribute, values: [value] }),
      }),
    );

  it("K9: takes out the last member, whom the directory would keep (result 65)", async () => {
    await world.target.provision("anna", "read_all", end);
    await without(placeholder);
    expect(await failure(without(personDn("anna")))).toMatchObject({ code: 65 });
    await world.target.revoke("anna", "read_all");
    expect(await held(world.target, "anna")).toEqual([]);
    expect(await world.written("read_all", attribute)).toEqual([placeholder]);
    await world.target.revoke("anna", "read_all");
    await world.target.provision("ben", "read_all", end);
    expect(await held(world.target, "ben")).toEqual(["read_all"]);
  });

  it("never shows, gives or takes the placeholder as somebody, even when a person has its name", async () => {
    await world.addIdentity("nobody");
    const target = world.as({ placeholder: personDn("nobody").toUpperCase() });
    await world.give("nobody", "read_all");
    expect(await held(target, "nobody")).toEqual([]);
    await target.revoke("nobody", "read_all");
    expect(await world.written("read_all", attribute)).toContain(personDn("nobody"));
    await expect(target.provision("nobody", "read_all", end)).rejects.toThrow(TargetRefused);
  });

  it("sees and takes a member that is spelled otherwise", async () => {
    const spelled = `UID=Anna , OU=People,dc=example,  DC=org`;
    await world.write("read_all", attribute, spelled);
    expect(await held(world.target, "anna")).toEqual(["read_all"]);
    await world.target.provision("anna", "read_all", end);
    expect(await world.written("read_all", attribute)).toHaveLength(2);
    await world.target.revoke("anna", "read_all");
    expect(await held(world.target, "anna")).toEqual([]);
    expect(await world.written("read_all", attribute)).toEqual([placeholder]);
  });

  it("K10: takes what a deleted person left behind, and nothing of somebody else", async () => {
    const other = "uid=anna,ou=services,dc=example,dc=org";
    await world.target.provision("anna", "read_all", end);
    await world.write("read_all", attribute, other);
    await world.dropIdentity("anna");
    expect(await held(world.target, "anna")).toEqual([]);
    await world.target.revoke("anna", "read_all");
    await world.addIdentity("anna");
    expect(await held(world.target, "anna")).toEqual([]);
    expect(await world.written("read_all", attribute)).toEqual([placeholder, other]);
  });

  it("neither sees nor takes a membership through another group", async () => {
    await world.addPermission("team");
    await world.give("anna", "team");
    await world.write("read_all", attribute, groupDn("team"));
    expect(await held(world.target, "anna")).toEqual(["team"]);
    await world.target.revoke("anna", "read_all");
    expect(await world.written("read_all", attribute)).toContain(groupDn("team"));
  });
});

describe("LDAP target: uniqueMember", () => {
  it("takes the same person twice, with and without an identifier", async () => {
    const world = await open("groupOfUniqueNames");
    await world.addIdentity("anna");
    await world.addPermission("read_all");
    for (const suffix of ["", "#'01'B", "#''B"]) {
      await world.write("read_all", "uniqueMember", `${personDn("anna")}${suffix}`);
    }
    await world.target.revoke("anna", "read_all");
    expect(await world.written("read_all", "uniqueMember")).toEqual([placeholder]);
    await world.close();
  });
});

describe("LDAP target: posixGroup", () => {
  let world: LdapWorld;
  beforeEach(async () => {
    world = await open("posixGroup");
    await world.addIdentity("anna");
    await world.addPermission("read_all");
  });
  afterEach(() => world.close());
  const amend = (change: Record<string, string[]>) =>
    world.administrator.modify(
      personDn("anna"),
      Object.entries(change).map(
        ([type, values]) => new Change({ modification: new Attribute({ type, values }) }),
      ),
    );

  it("takes memberUid with its case, as the schema does", async () => {
    await world.write("read_all", "memberUid", "Anna");
    expect(await held(world.target, "anna")).toEqual([]);
    await world.target.provision("anna", "read_all", end);
    await world.target.revoke("anna", "read_all");
    expect(await world.written("read_all", "memberUid")).toEqual(["Anna"]);
  });

  it("sees and takes a person by each uid of theirs", async () => {
    await amend({ uid: ["asmith"] });
    await world.write("read_all", "memberUid", "asmith");
    expect(await held(world.target, "anna")).toEqual(["read_all"]);
    await world.target.provision("anna", "read_all", end);
    expect(await world.written("read_all", "memberUid")).toEqual(["asmith", "anna"]);
    await world.target.revoke("anna", "read_all");
    expect(await world.written("read_all", "memberUid")).toEqual([]);
  });

  it("K10: takes what a deleted person left behind", async () => {
    await world.addIdentity("ben");
    await world.target.provision("anna", "read_all", end);
    await world.dropIdentity("anna");
    await world.target.revoke("anna", "read_all");
    expect(await world.written("read_all", "memberUid")).toEqual([]);
  });

  it("sees a primary group, and refuses to call it taken", async () => {
    await amend({
      objectClass: ["posixAccount"],
      uidNumber: ["1000"],
      gidNumber: ["5000"],
      homeDirectory: ["/"],
    });
    expect(await held(world.target, "anna")).toEqual(["read_all"]);
    await world.give("anna", "read_all");
    await expect(world.target.revoke("anna", "read_all")).rejects.toSatisfy(
      (error) => error instanceof TargetRefused && error.message.includes("primary group"),
    );
    expect(await world.written("read_all", "memberUid")).toEqual([]);
    expect(await held(world.target, "anna")).toEqual(["read_all"]);
  });
});

describe("LDAP target: what only a real server shows", () => {
  let world: LdapWorld;
  beforeEach(async () => {
    world = await open("groupOfNames");
    await world.addIdentity("anna");
    await world.addIdentity("ben");
    await world.addPermission("read_all");
  });
  afterEach(() => world.close());
  const addBelow = async (name: string, base: string) => {
    await world.administrator.add(`ou=more,${base}`, { objectClass: "organizationalUnit" });
    const entry = base.startsWith("ou=people")
      ? { objectClass: "inetOrgPerson", uid: name, sn: name }
      : { objectClass: "groupOfNames", member: placeholder };
    await world.administrator.add(`cn=${name},ou=more,${base}`, { cn: name, ...entry });
  };
  const refuses = async (attempt: Promise<unknown>, ...words: string[]) => {
    const error = await failure(attempt);
    expect(error).toBeInstanceOf(TargetRefused);
    for (const word of words) expect(String(error)).toContain(word);
  };

  it.each(["*", "an*", "anna)(uid=*", "anna\0", "\\61nna", "(anna)", "anna,ou=people"])(
    "takes the identity %j for no pattern",
    async (identity) => {
      await world.give("anna", "read_all");
      expect(await held(world.target, identity)).toEqual([]);
      await refuses(world.target.provision(identity, "read_all", end), "uid");
      await world.target.revoke(identity, "read_all");
      expect(await held(world.target, "anna")).toEqual(["read_all"]);
    },
  );

  it.each(["*", "read*", "read_all)(cn=*"])(
    "takes the permission %j for no pattern",
    async (permission) => {
      await world.give("anna", "read_all");
      await refuses(world.target.provision("anna", permission, end), "cn");
      await world.target.revoke("anna", permission);
      expect(await held(world.target, "anna")).toEqual(["read_all"]);
    },
  );

  it("refuses an identity that several people have", async () => {
    await addBelow("anna", peopleBase);
    await world.give("anna", "read_all");
    await refuses(world.target.observe("anna"), "Several", "anna");
    await refuses(world.target.provision("anna", "read_all", end), "Several");
    await refuses(world.target.revoke("anna", "read_all"), "Several");
    expect(await world.written("read_all", "member")).toContain(personDn("anna"));
  });

  it("refuses to give one of several groups of a name, and takes them all", async () => {
    await addBelow("read_all", groupsBase);
    await refuses(world.target.provision("anna", "read_all", end), "Several", "read_all");
    await world.give("anna", "read_all");
    await world.administrator.modify(
      `cn=read_all,ou=more,${groupsBase}`,
      new Change({ modification: new Attribute({ type: "member", values: [personDn("anna")] }) }),
    );
    expect(await held(world.target, "anna")).toEqual(["read_all"]);
    await world.target.revoke("anna", "read_all");
    expect(await held(world.target, "anna")).toEqual([]);
  });

  it("gives nothing by another spelling than the directory's, and takes by any", async () => {
    await refuses(world.target.provision("Anna", "read_all", end), `"anna"`);
    await refuses(world.target.provision("anna", "Read_All", end), `"read_all"`);
    await world.target.provision("anna", "read_all", end);
    expect(await held(world.target, "ANNA")).toEqual(["read_all"]);
    await world.target.revoke("ANNA", "READ_ALL");
    expect(await held(world.target, "anna")).toEqual([]);
  });

  it("gives the executor's own account nothing", async () => {
    const { dn, password } = slapdAdministrator;
    await world.administrator.add(dn, { objectClass: "inetOrgPerson", uid: "root", sn: "Root" });
    const target = world.as({ bindDn: dn.toUpperCase(), password, peopleBase: root });
    await refuses(target.provision("root", "read_all", end), "executor's own account");
    await target.provision("anna", "read_all", end);
  });
});
