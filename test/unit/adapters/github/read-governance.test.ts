import { describe, expect, it } from "vitest";
import type { TreeEntryAnswer } from "../../../../src/adapters/github/pull-answer.ts";
import { readGovernance } from "../../../../src/adapters/github/read-governance.ts";
import { file, folder, tipOid } from "../../../support/forge/graphql-world.ts";

function read(entries: readonly object[] | null) {
  const object = entries === null ? null : { entries: entries as readonly TreeEntryAnswer[] };
  return readGovernance({ __typename: "Commit", oid: tipOid, file: { type: "tree", object } });
}

describe("readGovernance", () => {
  it("reads two levels with mode, oid and text, sorted by path", () => {
    const { value, missing } = read([
      folder("targets", [file("payments-db.yaml", "kind: Target\n")]),
      { ...file("run.sh", ""), mode: 0o100755 },
      file("ROLES", "[approver]\n* @acme/ö\n"),
    ]);
    expect(missing).toEqual([]);
    expect(value.map(({ path, mode, text }) => [path, mode, text])).toEqual([
      ["governance/ROLES", "100644", "[approver]\n* @acme/ö\n"],
      ["governance/run.sh", "100755", ""],
      ["governance/targets/payments-db.yaml", "100644", "kind: Target\n"],
    ]);
    // `printf '' | git hash-object --stdin`
    expect(value[1]?.oid).toBe("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  });

  it("shows a symbolic link by its mode", () => {
    const { value } = read([{ ...file("ROLES", "/etc/passwd"), mode: 0o120000 }]);
    expect(value[0]?.mode).toBe("120000");
  });

  it.each([
    ["another text than its oid", file("ROLES", "a", { text: "b" })],
    ["bytes that are not UTF-8", file("ROLES", "a", { text: "\uFFFD" })],
    ["a binary file", file("ROLES", "a", { isBinary: true })],
    ["a text that GitHub cut", file("ROLES", "a", { isTruncated: true })],
    ["no text", file("ROLES", "a", { text: null })],
    ["another blob than the entry names", { ...file("ROLES", "a"), oid: "0".repeat(40) }],
    ["a submodule", { name: "ROLES", mode: 0o160000, type: "commit", oid: tipOid, object: null }],
    ["a blob that was not answered", { ...file("ROLES", "a"), object: null }],
  ])("keeps %s as a file without text and names it", (_name, entry) => {
    const { value, missing } = read([entry]);
    expect(value).toHaveLength(1);
    expect(value[0]?.text).toBeNull();
    expect(missing.map(({ fact }) => fact)).toEqual(["governance/ROLES"]);
  });

  it("names a third level instead of leaving it out", () => {
    const { value, missing } = read([folder("policy", [folder("deep", [file("x.yaml", "")])])]);
    expect(value).toEqual([]);
    expect(missing.map(({ fact }) => fact)).toEqual(["governance/policy/deep"]);
  });

  it("names a folder whose entries were not answered", () => {
    const { missing } = read([{ ...folder("policy", []), object: null }]);
    expect(missing.map(({ fact }) => fact)).toEqual(["governance/policy"]);
  });

  it("names governance itself when there is no such folder", () => {
    expect(read(null).missing.map(({ fact }) => fact)).toEqual(["governance"]);
    const tip = { __typename: "Commit", oid: tipOid, file: null };
    expect(readGovernance(tip).missing.map(({ fact }) => fact)).toEqual(["governance"]);
  });

  it("uses the hash of a SHA-256 repository", () => {
    const oid = "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813";
    const object = { oid, text: "", isBinary: false, isTruncated: false, byteSize: 0 };
    const { value, missing } = read([{ name: "ROLES", mode: 33188, type: "blob", oid, object }]);
    expect(missing).toEqual([]);
    expect(value[0]?.text).toBe("");
  });
});
