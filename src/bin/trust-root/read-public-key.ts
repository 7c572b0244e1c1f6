import { createPublicKey } from "node:crypto";
import { readFile } from "node:fs/promises";
import { readPublicKey } from "../../core/attest/verify-signature.ts";
import type { TrustRoot } from "../../core/model/governance.ts";

/**
 * Reads the public key that an option names: a file (base64 SPKI DER as `countersign trust-root key` writes it, or PEM), or
 * by its keyid a key that a trust root has already. Returns base64 SPKI DER. Throws an Error that says what to name instead.
 */
export async function publicKeyNamed(name: string, { keys }: TrustRoot): Promise<string> {
  if (name.startsWith("sha256:")) {
    const known = keys.find(({ keyid }) => keyid === name);
    if (known !== undefined) return known.publicKey;
    throw new Error(`The present trust root has no key ${name}: name a file with the public key.`);
  }
  const text = (await readFile(name, "utf8")).trim();
  // A private key has no business on the machine that writes the document.
  if (text.includes("PRIVATE KEY")) {
    throw new Error(`${name} is a private key: name the file with its public half, .pub.`);
  }
  const publicKey = text.startsWith("-----BEGIN ") ? fromPem(text) : text;
  if (publicKey !== null && readPublicKey(publicKey) !== null) return publicKey;
  throw new Error(
    `${name} is no Ed25519 public key: make one with \`countersign trust-root key --out NAME\`.`,
  );
}

function fromPem(text: string): string | null {
  try {
    return createPublicKey(text).export({ format: "der", type: "spki" }).toString("base64");
  } catch {
    return null;
  }
}
