import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { readFileSync, statSync } from "node:fs";

import type { Signer } from "../../ports/signer.ts";

/** A private key cannot be used as it is. Not worth a retry: the message says what to mend. */
export class SignerUnusable extends Error {
  override readonly name = "SignerUnusable";
  /** `unreadable`, `too-open` or `wrong-key-type`. */
  readonly code: SignerDefect;

  constructor(code: SignerDefect, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export type SignerDefect = "unreadable" | "too-open" | "wrong-key-type";

/**
 * Opens an Ed25519 private key, given as PKCS8 PEM or as the path of a file that holds it. Throws
 * SignerUnusable for another type of key, an unreadable one, and a file that others than its owner can read.
 */
export function openSigner(pemOrPath: string): Signer {
  const key = readPrivateKey(isPem(pemOrPath) ? pemOrPath : readKeyFile(pemOrPath));
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  return {
    keyid: `sha256:${createHash("sha256").update(spki).digest("hex")}`,
    publicKey: spki.toString("base64"),
    sign: (bytes) => sign(null, bytes, key).toString("base64"),
  };
}

function isPem(pemOrPath: string): boolean {
  return pemOrPath.trimStart().startsWith("-----BEGIN ");
}

function readKeyFile(path: string): string {
  try {
    const { mode } = statSync(path);
    if ((mode & 0o077) === 0) return readFileSync(path, "utf8");
  } catch (cause) {
    throw new SignerUnusable("unreadable", `The key file ${path} cannot be read.`, { cause });
  }
  throw new SignerUnusable(
    "too-open",
    `The key file ${path} can be read by others than its owner. Run: chmod 600 ${path}`,
  );
}

function readPrivateKey(pem: string): KeyObject {
  const key = parsePrivateKey(pem);
  if (key.asymmetricKeyType === "ed25519") return key;
  throw new SignerUnusable(
    "wrong-key-type",
    `The key is of type ${key.asymmetricKeyType ?? "unknown"}. Make an Ed25519 key with countersign keygen.`,
  );
}

function parsePrivateKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw new SignerUnusable(
      "unreadable",
      "The key is not an unencrypted private key in PKCS8 PEM. Make one with countersign keygen.",
      { cause },
    );
  }
}
