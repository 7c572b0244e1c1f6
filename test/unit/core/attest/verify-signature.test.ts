import { describe, expect, it } from "vitest";
import { memorySigner } from "../../../../src/adapters/memory/memory-signer.ts";
import { readPublicKey } from "../../../../src/core/attest/verify-signature.ts";

const signer = memorySigner();
const key = readPublicKey(signer.publicKey);
const bytes = Buffer.from("what was signed");
const good = signer.sign(bytes);

describe("a signature", () => {
  it.each([
    ["good over the bytes that were signed", bytes, good, true],
    ["not over others", Buffer.from("what was said"), good, false],
    ["not by another key", bytes, memorySigner().sign(bytes), false],
    ["not without its last byte", bytes, shortened(good), false],
    ["not in another spelling of its base64", bytes, good.replace(/=*$/u, ""), false],
    ["not when it is empty", bytes, "", false],
  ])("is %s, verified at once or later", async (_, over, signature, isGood) => {
    expect(key?.verifies(over, signature)).toBe(isGood);
    expect(await key?.verifiesLater(over, signature)).toBe(isGood);
  });
});

describe("a public key", () => {
  it.each([
    ["in another spelling of its base64", signer.publicKey.replace(/=*$/u, " ")],
    ["of another length", `${signer.publicKey}AAAA`],
    ["of another algorithm", signer.publicKey.replace(/^M/u, "N")],
    ["that is empty", ""],
  ])("is none %s", (_, text) => {
    expect(readPublicKey(text)).toBeNull();
  });
});

function shortened(signature: string): string {
  return Buffer.from(signature, "base64").subarray(0, 63).toString("base64");
}
