import { Attribute, Change } from "ldapts";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { aclOfAllGroups } from "../support/ldap/documented-acl.ts";
import { expectRefusal, held } from "../support/ldap/failures.ts";
import {
  groupsBase,
  openLdapWorld,
  peopleBase,
  personDn,
  placeholder,
  root,
} from "../support/ldap/ldap-world.ts";
import type { LdapWorld } from "../support/ldap/ldap-world.ts";
import { slapdAdministrator, startSlapd } from "../support/ldap/start-slapd.ts";
import type { RunningSlapd } from "../support/ldap/start-slapd.ts";

let slapd: RunningSlapd;
beforeAll(async () => {
  slapd = await startSlapd({ acl: aclOfAllGroups });
});
afterAll(() => slapd.stop());

const end = new Date("2026-12-01T00:00:00Z");

describe("LDAP target: names", () => {
  let world: LdapWorld;
  beforeEach(async () => {
    world = await openLdapWorld(slapd.url, "groupOfNames", "tester");
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

  it.each(["*", "an*", "anna)(uid=*", "anna\0", "\\61nna", "(anna)", "anna,ou=people"])(
    "takes the identity %j for no pattern",
    async (identity) => {
      await world.give("anna", "read_all");
      expect(await held(world.target, identity)).toEqual([]);
      await expectRefusal(world.target.provision(identity, "read_all", end), "uid");
      await world.target.revoke(identity, "read_all");
      expect(await held(world.target, "anna")).toEqual(["read_all"]);
    },
  );

  it.each(["*", "read*", "read_all)(cn=*"])(
    "takes the permission %j for no pattern",
    async (permission) => {
      await world.give("anna", "read_all");
      await expectRefusal(world.target.provision("anna", permission, end), "cn");
      await world.target.revoke("anna", permission);
      expect(await held(world.target, "anna")).toEqual(["read_all"]);
    },
  );

  it("refuses an identity that several people have", async () => {
    await addBelow("anna", peopleBase);
    await world.give("anna", "read_all");
    await expectRefusal(world.target.observe("anna"), "Several", "anna");
    await expectRefusal(world.target.provision("anna", "read_all", end), "Several");
    await expectRefusal(world.target.revoke("anna", "read_all"), "Several");
    expect(await world.written("read_all", "member")).toContain(personDn("anna"));
  });

  it("refuses to give one of several groups of a name, and takes them all", async () => {
    await addBelow("read_all", groupsBase);
    await expectRefusal(world.target.provision("anna", "read_all", end), "Several", "read_all");
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
    await expectRefusal(world.target.provision("Anna", "read_all", end), `"anna"`);
    await expectRefusal(world.target.provision("anna", "Read_All", end), `"read_all"`);
    await world.target.provision("anna", "read_all", end);
    expect(await held(world.target, "ANNA")).toEqual(["read_all"]);
    await world.target.revoke("ANNA", "READ_ALL");
    expect(await held(world.target, "anna")).toEqual([]);
  });

  it("takes no person for a group, where people and groups are mixed", async () => {
    const { dn, password } = slapdAdministrator;
    const target = world.as({ bindDn: dn, password, peopleBase: root, groupsBase: root });
    await expectRefusal(target.provision("anna", "ben", end), "no group with the cn");
    await world.addPermission("ben");
    await target.provision("anna", "ben", end);
    expect(await held(target, "anna")).toEqual(["ben"]);
  });

  it("gives the executor's own account nothing", async () => {
    const { dn, password } = slapdAdministrator;
    await world.administrator.add(dn, { objectClass: "inetOrgPerson", uid: "root", sn: "Root" });
    const target = world.as({ bindDn: dn.toUpperCase(), password, peopleBase: root });
    await expectRefusal(target.provision("root", "read_all", end), "executor's own account");
    await target.provision("anna", "read_all", end);
  });
});
