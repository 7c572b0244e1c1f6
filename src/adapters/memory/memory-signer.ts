import { createHash, generateKeyPairSync, sign } from "node:crypto";

import type { Signer } from "../../ports/signer.ts";

/** Makes a signer with a new Ed25519 key that exists in this process only. */
export function memorySigner(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const spki = publicKey.export({ format: "der", type: "spki" });
  return {
    keyid: `sha256:${createHash("sha256").update(spki).digest("hex")}`,
    publicKey: spki.toString("base64"),
    sign: (bytes) => sign(null, bytes, privateKey).toString("base64"),
  };
}
