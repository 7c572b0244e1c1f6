import { describe, expect, it } from "vitest";
import { isBelow, isDn, isNamed, sameDn } from "../../../../../src/adapters/targets/ldap/dn.ts";

const anna = "uid=anna,ou=people,dc=example,dc=org";

describe("sameDn", () => {
  it.each([
    "UID=Anna,OU=People,DC=example,DC=org",
    " uid = anna , ou=people,dc=example,  dc=org ",
    String.raw`uid=\61nna,ou=people,dc=example,dc=org`,
    String.raw`uid=\61\6e\6ea,ou=people,dc=example,dc=org`,
    "uid=ａｎｎａ,ou=people,dc=example,dc=org",
  ])("takes %j for another spelling", (spelling) => {
    expect(sameDn(spelling, anna)).toBe(true);
  });

  it.each([
    "uid=ann,ou=people,dc=example,dc=org",
    "cn=anna,ou=people,dc=example,dc=org",
    "uid=anna,ou=people,dc=example,dc=com",
    "uid=anna,dc=example,dc=org",
    "uid=anna,ou=people,dc=example,dc=org,c=de",
    "uid=anna+cn=Anna,ou=people,dc=example,dc=org",
    String.raw`uid=anna\,ou=people,dc=example,dc=org`,
    "anna",
    "",
  ])("takes %j for another name", (other) => {
    expect(sameDn(other, anna)).toBe(false);
  });

  it("knows that spaces within a value count once, and that an RDN has no order", () => {
    expect(sameDn("cn=Anna  Smith,o=x", "cn=anna smith,o=x")).toBe(true);
    expect(sameDn("cn=AnnaSmith,o=x", "cn=anna smith,o=x")).toBe(false);
    expect(sameDn("cn=a+uid=b,o=x", "UID=b + CN=a,o=x")).toBe(true);
    expect(sameDn("cn=a+uid=b,o=x", "cn=b+uid=a,o=x")).toBe(false);
  });

  it("takes an escaped separator for a part of the value", () => {
    expect(sameDn(String.raw`cn=Smith\, Anna,o=x`, String.raw`cn=smith\2c anna,o=x`)).toBe(true);
    expect(sameDn(String.raw`cn=a\+uid=b,o=x`, "cn=a+uid=b,o=x")).toBe(false);
    expect(sameDn(String.raw`cn=\C3\84rger,o=x`, "cn=ärger,o=x")).toBe(true);
    expect(sameDn(String.raw`cn=back\\,o=x`, String.raw`cn=back\5C,o=x`)).toBe(true);
  });

  it("finds nothing equal to what is no distinguished name, not even itself", () => {
    expect(sameDn("anna", "anna")).toBe(false);
    expect(sameDn("uid=anna,people", "uid=anna,people")).toBe(false);
  });
});

describe("isBelow", () => {
  it("compares whole RDNs from the end", () => {
    expect(isBelow(anna, "OU=people, dc=example,dc=org")).toBe(true);
    expect(isBelow(anna, "dc=org")).toBe(true);
    expect(isBelow(anna, anna)).toBe(false);
    expect(isBelow(anna, "ou=people,dc=example,dc=com")).toBe(false);
    expect(isBelow("uid=anna,xou=people,dc=org", "ou=people,dc=org")).toBe(false);
    expect(isBelow(String.raw`uid=anna\,ou=people,dc=org`, "ou=people,dc=org")).toBe(false);
  });
});

describe("isNamed", () => {
  it("looks at the entry's own RDN alone", () => {
    expect(isNamed("cn=x+UID=Anna,ou=people", "uid", "anna")).toBe(true);
    expect(isNamed("cn=x,uid=anna,ou=people", "uid", "anna")).toBe(false);
    expect(isNamed(String.raw`uid=a\=b\,c,ou=people`, "uid", "a=b,c")).toBe(true);
    expect(isNamed("no name", "uid", "anna")).toBe(false);
  });
});

describe("isDn", () => {
  it("tells a distinguished name from other text", () => {
    expect(isDn(anna)).toBe(true);
    expect(isDn("2.5.4.3=x")).toBe(true);
    for (const text of ["", " ", "EXTERNAL", "anna@example.org", "uid=anna,", ",uid=anna"]) {
      expect(isDn(text)).toBe(false);
    }
  });
});
