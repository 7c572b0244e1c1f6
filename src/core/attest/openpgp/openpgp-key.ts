import { createPublicKey, hash, verify } from "node:crypto";
import { byteCursor, readInteger } from "./byte-cursor.ts";

/** A public key of OpenPGP version 4, ready for use: makes nothing, only says whether a signature is its own. */
export interface OpenPgpKey {
  /** 40 upper-case hex digits. Made with SHA-1, as the format demands: good to find a key, not to tell two hostile ones apart. */
  readonly fingerprint: string;
  verifies(hashName: HashName, bytes: Uint8Array, signature: Buffer): boolean;
}

export type HashName = "sha256" | "sha384" | "sha512";

/** Why a key cannot be used. */
export interface KeyRefused {
  readonly refused: string;
}

const rsaAlgorithms = [1, 3];
const shortestModulus = 2048 / 8;

/**
 * Reads the body of a public-key packet: RSA of at least 2048 bits, version 4; anything else is refused with the reason. Dates
 * of expiry in the key are not looked at: how long a key counts is said by who gives it, so that a signature made in its time
 * stays good.
 */
export function readOpenPgpKey(body: Buffer): OpenPgpKey | KeyRefused {
  try {
    const cursor = byteCursor(body);
    const version = cursor.number(1);
    if (version !== 4) return { refused: `a key of version ${version}; only version 4 is known` };
    cursor.take(4);
    const algorithm = cursor.number(1);
    if (!rsaAlgorithms.includes(algorithm)) {
      return { refused: `a key of algorithm ${algorithm}; only RSA is known` };
    }
    const [modulus, exponent] = [readInteger(cursor), readInteger(cursor)];
    if (cursor.left() > 0) return { refused: "a key with bytes after its end" };
    if (modulus.length < shortestModulus) return { refused: "an RSA key of less than 2048 bits" };
    return rsaKey(fingerprintOf(body), modulus, exponent);
  } catch {
    return { refused: "a key that is cut off or malformed" };
  }
}

function rsaKey(fingerprint: string, modulus: Buffer, exponent: Buffer): OpenPgpKey {
  const [n, e] = [modulus.toString("base64url"), exponent.toString("base64url")];
  const key = createPublicKey({ key: { kty: "RSA", n, e }, format: "jwk" });
  return {
    fingerprint,
    verifies: (hashName, bytes, signature) => {
      if (signature.length > modulus.length) return false;
      const padded = Buffer.concat([Buffer.alloc(modulus.length - signature.length), signature]);
      return verify(hashName, bytes, key, padded);
    },
  };
}

function fingerprintOf(body: Buffer): string {
  const head = Buffer.from([0x99, body.length >> 8, body.length & 255]);
  return hash("sha1", Buffer.concat([head, body]), "hex").toUpperCase();
}
