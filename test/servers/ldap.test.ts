import { Attribute, Change } from "ldapts";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { TargetRefused } from "../../src/ports/target.ts";
import { describeTarget } from "../contract/target.contract.ts";
import { aclOfAllGroups } from "../support/ldap/documented-acl.ts";
import { expectRefusal, failure, held } from "../support/ldap/failures.ts";
import { groupDn, openLdapWorld, personDn, placeholder } from "../support/ldap/ldap-world.ts";
import type { GroupClass, LdapWorld } from "../support/ldap/ldap-world.ts";
import { startSlapd } from "../support/ldap/start-slapd.ts";
import type { RunningSlapd } from "../support/ldap/start-slapd.ts";

let slapd: RunningSlapd;
beforeAll(async () => {
  slapd = await startSlapd({ acl: aclOfAllGroups });
});
afterAll(() => slapd.stop());

const open = (groupClass: GroupClass) => openLdapWorld(slapd.url, groupClass, "tester");
const end = new Date("2026-12-01T00:00:00Z");

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
    await expectRefusal(world.target.revoke("anna", "read_all"), "primary group");
    expect(await world.written("read_all", "memberUid")).toEqual([]);
    expect(await held(world.target, "anna")).toEqual(["read_all"]);
  });
});
