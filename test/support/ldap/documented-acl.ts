import { readFileSync } from "node:fs";

/** Reads the rules that docs/targets.md gives for least privilege, as lines of a slapd.conf. */
export function documentedAcl(): string {
  const page = readFileSync(new URL("../../../docs/targets.md", import.meta.url), "utf8");
  const [, ldif = ""] = /```ldif\n(dn: olcDatabase.*?)```/su.exec(page) ?? [];
  // In LDIF a line that begins with a space belongs to the one before.
  const rules = ldif.replaceAll("\n ", "").match(/^olcAccess: .*$/gmu) ?? [];
  if (rules.length === 0) throw new Error("docs/targets.md shows no olcAccess any more.");
  return rules.map((rule) => rule.replace(/^olcAccess: \{\d+\}to/u, "access to")).join("\n");
}

/** What the documentation gives to one group, for every group and to the account `tester`; and a login for everybody. */
export const aclOfAllGroups = [
  documentedAcl()
    .replaceAll("uid=countersign,", "uid=tester,")
    .replace('dn.exact="cn=payments-readwrite,', 'dn.children="'),
  "access to attrs=userPassword by anonymous auth by * none",
  "access to * by * none",
].join("\n");
