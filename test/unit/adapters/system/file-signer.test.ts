import { generateKeyPairSync } from "node:crypto";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { openSigner, SignerUnusable } from "../../../../src/adapters/system/file-signer.ts";
import { generateKey } from "../../../../src/adapters/system/generate-key.ts";
import { keyidOf } from "../../../../src/core/attest/trust-root.ts";
import { readPublicKey } from "../../../../src/core/attest/verify-signature.ts";
import { temporaryFolder } from "../../../support/git/temporary-folder.ts";

async function keyFile(text: string, mode: number): Promise<string> {
  const path = join(await temporaryFolder(), "key.pem");
  await writeFile(path, text);
  await chmod(path, mode);
  return path;
}

function refusal(code: string): Error {
  return expect.objectContaining({ name: "SignerUnusable", code }) as Error;
}

describe("openSigner", () => {
  it("signs so that the public key verifies exactly these bytes", async () => {
    const { privatePem, publicKey } = generateKey();
    for (const source of [privatePem, await keyFile(privatePem, 0o600)]) {
      const signer = openSigner(source);
      expect(signer.publicKey).toBe(publicKey);
      expect(signer.keyid).toBe(keyidOf(publicKey));
      const sig = signer.sign(Buffer.from("bytes"));
      const key = readPublicKey(publicKey);
      expect(key?.verifies(Buffer.from("bytes"), sig)).toBe(true);
      expect(key?.verifies(Buffer.from("bytez"), sig)).toBe(false);
      expect(key?.verifies(Buffer.from("bytes"), sig.replace("=", ""))).toBe(false);
      expect(key?.verifies(Buffer.from("bytes"), "")).toBe(false);
    }
  });

  it("refuses a file that others can read, and says how to mend it", async () => {
    for (const mode of [0o640, 0o604, 0o644, 0o620]) {
      const path = await keyFile(generateKey().privatePem, mode);
      expect(() => openSigner(path)).toThrow(refusal("too-open"));
      expect(() => openSigner(path)).toThrow(`chmod 600 ${path}`);
    }
  });

  it("refuses other keys, public keys, encrypted keys, nonsense and nothing", async () => {
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    const ed448 = generateKeyPairSync("ed448").privateKey;
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const pem = (key: typeof rsa) => key.export({ format: "pem", type: "pkcs8" }) as string;
    expect(() => openSigner(pem(rsa))).toThrow(refusal("wrong-key-type"));
    expect(() => openSigner(pem(ed448))).toThrow(refusal("wrong-key-type"));
    const unreadable = [
      publicKey.export({ format: "pem", type: "spki" }) as string,
      privateKey.export({ format: "pem", type: "pkcs8", cipher: "aes-256-cbc", passphrase: "x" }),
      "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    ];
    for (const text of unreadable) {
      expect(() => openSigner(text as string)).toThrow(refusal("unreadable"));
    }
    const absent = join(await temporaryFolder(), "absent.pem");
    expect(() => openSigner(absent)).toThrow(SignerUnusable);
  });
});
