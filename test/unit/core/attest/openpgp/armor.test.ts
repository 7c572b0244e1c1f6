import { describe, expect, it } from "vitest";
import { longestArmor, readArmor } from "../../../../../src/core/attest/openpgp/armor.ts";
import type { ArmorKind } from "../../../../../src/core/attest/openpgp/armor.ts";

function block(body: string, kind: ArmorKind = "SIGNATURE"): string {
  return `-----BEGIN PGP ${kind}-----\n\n${body}\n-----END PGP ${kind}-----\n`;
}

describe("a text in armor", () => {
  it("is read block by block, with headers or without", () => {
    const headed = block("QUJD").replace("\n\n", "\nVersion: 1\nComment: x\n\n");
    expect(readArmor(`\n${block("QQ==")}${headed}`, "SIGNATURE")).toEqual({
      ok: true,
      blocks: [Buffer.from("A"), Buffer.from("ABC")],
    });
  });

  it("may carry a checksum, which then has to agree", () => {
    // The CRC-24 of "123456789" is the published check value 21cf02.
    const body = Buffer.from("123456789").toString("base64");
    expect(readArmor(block(`${body}\n=Ic8C`), "SIGNATURE").ok).toBe(true);
    expect(readArmor(block(`${body}\n=Ic8D`), "SIGNATURE")).toEqual({
      ok: false,
      reason: "its checksum does not agree",
    });
  });

  it.each([
    ["with bits set that no byte uses", "QR=="],
    ["with an end in its middle", "QQ==\nQQ=="],
    ["without its padding", "QQ"],
  ])("is refused in another base64 than the one canonical: %s", (_, body) => {
    const reason = "its base64 is not canonical";
    expect(readArmor(block(body), "SIGNATURE")).toEqual({ ok: false, reason });
  });

  it.each([
    ["of another kind", block("QQ==", "PUBLIC KEY BLOCK")],
    ["without an empty line before the body", block("QQ==").replace("\n\n", "\n")],
    ["without a body", block("").replace("\n\n\n", "\n\n")],
    ["with words between two blocks", `${block("QQ==")}and\n${block("QQ==")}`],
  ])("is refused %s", (_, text) => {
    expect(readArmor(text, "SIGNATURE")).toEqual({
      ok: false,
      reason: "it is not armor of a PGP SIGNATURE",
    });
  });

  it("is refused when it is empty, or longer than any key or signature", () => {
    expect(readArmor("", "SIGNATURE")).toEqual({ ok: false, reason: "it is empty" });
    const long = block("QQ==") + "\n".repeat(longestArmor);
    expect(readArmor(long, "SIGNATURE")).toEqual({
      ok: false,
      reason: "it is longer than 131072 characters",
    });
  });
});
