import { describe, expect, it } from "vitest";
import { groupKinds } from "../../../../../src/adapters/targets/ldap/ldap-group-kinds.ts";
import { valuesNaming } from "../../../../../src/adapters/targets/ldap/ldap-revoke.ts";

describe("valuesNaming", () => {
  const [byName, , byUid] = groupKinds;
  if (byName === undefined || byUid === undefined) throw new Error("kinds are missing");
  const dn = "cn=Anna Smith,ou=people,dc=org";
  const anna = { identity: "anna", person: { dn, uids: ["anna", "asmith"], gidNumber: null } };
  const access = { peopleBase: "ou=people,dc=org", placeholder: "uid=anna,ou=people,dc=org" };

  it("finds a person under every spelling that a directory may keep side by side", () => {
    const spellings = [dn, "CN=anna  smith, OU=People,dc=org", `${dn}#'0101'B`];
    const others = ["cn=Anna,ou=people,dc=org", "cn=Anna Smith,ou=guests,dc=org", "anna", ""];
    expect(valuesNaming([...others, ...spellings], byName, anna, access)).toEqual(spellings);
  });

  it("finds the name that the person had before, or that a deleted one left behind", () => {
    const old = "uid=Anna,ou=sales,ou=people,dc=org";
    const values = [old, "uid=anna,ou=guests,dc=org", "uid=annabel,ou=people,dc=org"];
    expect(valuesNaming(values, byName, anna, access)).toEqual([old]);
    expect(valuesNaming(values, byName, { identity: "anna", person: null }, access)).toEqual([old]);
  });

  it("never finds the placeholder, however it is spelled", () => {
    const values = ["UID=anna, ou=people,dc=org"];
    const nobody = { dn: access.placeholder, uids: ["anna"], gidNumber: null };
    expect(valuesNaming(values, byName, { identity: "anna", person: nobody }, access)).toEqual([]);
  });

  it("compares memberUid letter by letter, with each uid of the person", () => {
    const values = ["Anna", "asmith", "anna", "anna ", dn];
    expect(valuesNaming(values, byUid, anna, access)).toEqual(["asmith", "anna"]);
    expect(valuesNaming(values, byUid, { identity: "anna", person: null }, access)).toEqual([
      "anna",
    ]);
  });
});
