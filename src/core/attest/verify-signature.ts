import { createPublicKey, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";

/** A public key ready for use: makes nothing, only says whether a signature is its own. */
export interface VerifyingKey {
  /** Says whether base64 `signature` is this key's over exactly `bytes`; malformed ones are not. */
  verifies(bytes: Uint8Array, signature: string): boolean;
  /** Says the same later, computed beside other work: many signatures at once take all processors. */
  verifiesLater(bytes: Uint8Array, signature: string): Promise<boolean>;
}

// An Ed25519 SubjectPublicKeyInfo is these 12 bytes and then 32 of key: any other DER is another algorithm.
const spkiPrefix = Buffer.from("302a300506032b6570032100", "hex");
const spkiLength = 44;

/** Reads an Ed25519 public key from canonical base64 SPKI DER; `null` for everything else. */
export function readPublicKey(base64: string): VerifyingKey | null {
  const der = decodeBase64(base64);
  if (der?.length !== spkiLength || !der.subarray(0, spkiPrefix.length).equals(spkiPrefix)) {
    return null;
  }
  const key = createPublicKey({ key: der, format: "der", type: "spki" });
  return {
    verifies: (bytes, signature) => verifySignature(key, bytes, signature),
    verifiesLater: (bytes, signature) => verifyLater(key, bytes, signature),
  };
}

/** Decodes base64 that is spelled the one canonical way; `null` otherwise. */
export function decodeBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, "base64");
  if (bytes.toString("base64") === text) return bytes;
  return null;
}

function verifyLater(key: KeyObject, bytes: Uint8Array, signature: string): Promise<boolean> {
  const decoded = decodeBase64(signature);
  if (decoded?.length !== 64) return Promise.resolve(false);
  return new Promise((resolve) => {
    verify(null, bytes, key, decoded, (error, isGood) => resolve(error === null && isGood));
  });
}

function verifySignature(key: KeyObject, bytes: Uint8Array, signature: string): boolean {
  const decoded = decodeBase64(signature);
  if (decoded?.length !== 64) return false;
  return verify(null, bytes, key, decoded);
}
