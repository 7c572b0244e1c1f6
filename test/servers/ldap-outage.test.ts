import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { aclOfAllGroups } from "../support/ldap/documented-acl.ts";
import { expectRefusal, expectUnreachable, failure, held } from "../support/ldap/failures.ts";
import { openLdapWorld, placeholder, root } from "../support/ldap/ldap-world.ts";
import type { LdapWorld } from "../support/ldap/ldap-world.ts";
import { slapdAdministrator, startSlapd } from "../support/ldap/start-slapd.ts";
import type { RunningSlapd } from "../support/ldap/start-slapd.ts";

let slapd: RunningSlapd;
beforeAll(async () => {
  slapd = await startSlapd({ acl: aclOfAllGroups });
});
afterAll(() => slapd.stop());

const end = new Date("2026-12-01T00:00:00Z");
let world: LdapWorld;
beforeEach(async () => {
  world = await openLdapWorld(slapd.url, "groupOfNames", "tester");
  await world.addIdentity("anna");
  await world.addPermission("payments-readwrite");
});
afterEach(() => world.close());

describe("LDAP target: a server that does not answer", () => {
  it.each([
    ["busy", `cn=51,ou=codes,${root}`, "51"],
    ["unavailable", `cn=52,ou=codes,${root}`, "52"],
    ["an error of its own", `cn=80,ou=codes,${root}`, "80"],
  ])("K10: is unreachable when it says that it is %s", async (_, groupsBaseOfCode, words) => {
    const { dn, password } = slapdAdministrator;
    const target = world.as({ bindDn: dn, password, groupsBase: groupsBaseOfCode });
    await expectUnreachable(target, words);
  });

  it("K10: is unreachable when it passes questions to one that is down", async () => {
    await expectUnreachable(world.as({ groupsBase: "dc=down,dc=org" }), "52");
  });

  it("K10: is unreachable while it hangs, and what it held is held", async () => {
    await world.give("anna", "payments-readwrite");
    const impatient = world.as({ timeoutSeconds: 0.3 });
    slapd.signal("SIGSTOP");
    try {
      // It may finish an answer before the signal arrives.
      await expect.poll(() => failure(impatient.observe("anna"))).not.toBeNull();
      await expectUnreachable(impatient, "0.3 seconds");
    } finally {
      slapd.signal("SIGCONT");
    }
    await world.target.revoke("anna", "payments-readwrite");
    expect(await world.written("payments-readwrite", "member")).toEqual([placeholder]);
  });

  it("K10: is unreachable when it was stopped", async () => {
    const other = await startSlapd({ acl: aclOfAllGroups });
    const target = world.as({ url: other.url });
    await expectRefusal(target.observe("anna"));
    await other.stop();
    await expectUnreachable(target, "ECONNREFUSED");
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
    const other = await startSlapd({ acl: aclOfAllGroups });
    await expectUnreachable(secured(slapd.tlsUrl, null), "SELF_SIGNED");
    await expectUnreachable(secured(slapd.tlsUrl, other.ca), "CA_FILE");
    await expectUnreachable(secured(slapd.url, other.ca), "CA_FILE");
    const named = slapd.tlsUrl.replace("127.0.0.1", "localhost");
    await expectUnreachable(secured(named, slapd.ca), "ERR_TLS_CERT_ALTNAME_INVALID");
    const started = slapd.url.replace("127.0.0.1", "localhost");
    await expectUnreachable(secured(started, slapd.ca), "ERR_TLS_CERT_ALTNAME_INVALID");
    await other.stop();
  });
});
