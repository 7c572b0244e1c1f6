import { generateKeyPairSync } from "node:crypto";

/** A new Ed25519 key: the private half as PKCS8 PEM, the public half as base64 SPKI DER. */
export interface GeneratedKey {
  readonly privatePem: string;
  readonly publicKey: string;
}

/** Generates a key. It exists nowhere else until the caller keeps it. */
export function generateKey(): GeneratedKey {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  return {
    privatePem: privateKey.export({ format: "pem", type: "pkcs8" }) as string,
    publicKey: publicKey.export({ format: "der", type: "spki" }).toString("base64"),
  };
}
