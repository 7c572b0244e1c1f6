import { generateKeyPairSync, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readOpenPgpKey } from "../../../../../src/core/attest/openpgp/openpgp-key.ts";
import type { OpenPgpKey } from "../../../../../src/core/attest/openpgp/openpgp-key.ts";
import { integer } from "../../../../../src/sandbox/signing/openpgp-packets.ts";

const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
const bytes = Buffer.from("signed by the forge\n");

/** Writes the body of a public-key packet. */
function bodyOf(publicKey: KeyObject): Buffer {
  const { n = "", e = "" } = publicKey.export({ format: "jwk" });
  const numbers = [n, e].map((number) => integer(Buffer.from(number, "base64url")));
  return Buffer.concat([Buffer.from([4, 0, 0, 0, 0, 1]), ...numbers]);
}

function keyOf(body: Buffer): OpenPgpKey {
  const key = readOpenPgpKey(body);
  if ("refused" in key) throw new Error(key.refused);
  return key;
}

describe("a key of the forge", () => {
  it("says of a signature whether it is its own", () => {
    const key = keyOf(bodyOf(pair.publicKey));
    const signature = sign("sha256", bytes, pair.privateKey);
    expect(key.verifies("sha256", bytes, signature)).toBe(true);
    expect(key.verifies("sha512", bytes, signature)).toBe(false);
    expect(key.verifies("sha256", Buffer.from("another"), signature)).toBe(false);
  });

  it("knows its own signature where the number is shorter than its own, as one in 256 is", () => {
    const key = keyOf(bodyOf(pair.publicKey));
    const [text, signature] = beginningWithZero();
    const short = signature.subarray(signature.findIndex((byte) => byte !== 0));
    expect(short.length).toBeLessThan(256);
    expect(key.verifies("sha256", text, short)).toBe(true);
  });

  it("does not know a number that is longer than its own, and does not throw", () => {
    const key = keyOf(bodyOf(pair.publicKey));
    const signature = sign("sha256", bytes, pair.privateKey);
    const longer = Buffer.concat([Buffer.from([1]), signature]);
    expect(key.verifies("sha256", bytes, longer)).toBe(false);
  });

  it.each([
    [
      "with bytes after its end, which its fingerprint would cover",
      Buffer.concat([bodyOf(pair.publicKey), Buffer.from([0])]),
      "a key with bytes after its end",
    ],
    [
      "that is short enough to be broken",
      bodyOf(generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey),
      "an RSA key of less than 2048 bits",
    ],
    [
      "that is cut off",
      bodyOf(pair.publicKey).subarray(0, -1),
      "a key that is cut off or malformed",
    ],
    [
      "of a version with other fingerprints",
      Buffer.concat([Buffer.from([5]), bodyOf(pair.publicKey).subarray(1)]),
      "a key of version 5; only version 4 is known",
    ],
    [
      "of another algorithm",
      Buffer.from([4, 0, 0, 0, 0, 22]),
      "a key of algorithm 22; only RSA is known",
    ],
  ])("is refused %s", (_, body, refused) => {
    expect(readOpenPgpKey(body)).toEqual({ refused });
  });
});

/** Finds a text whose signature is a number with a zero byte in front. */
function beginningWithZero(): readonly [Buffer, Buffer] {
  for (let count = 0; count < 10_000; count += 1) {
    const text = Buffer.from(`text ${count}`);
    const signature = sign("sha256", text, pair.privateKey);
    if (signature[0] === 0) return [text, signature];
  }
  throw new Error("none of 10000 signatures begins with a zero byte");
}
