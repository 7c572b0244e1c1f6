import { createHash, generateKeyPairSync, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { armor, hashedPart, integer, packet, trailer } from "./openpgp-packets.ts";

/** The key with which the forge signs the commits that it makes itself. */
export interface ForgeKey {
  /** 40 upper-case hex digits; the last 16 are the key id. */
  readonly fingerprint: string;
  /** The public key as `https://github.com/web-flow.gpg` gives GitHub's. */
  readonly armored: string;
  readonly createdAt: Date;
  /** Signs bytes, detached and armored, as GitHub does: RSA, SHA-256, version 4, whole seconds. */
  sign(bytes: Buffer, at: Date): string;
}

const userName = "GitHub (web-flow commit signing) <noreply@github.com>";
const tags = { signature: 2, publicKey: 6, userName: 13 };
const kinds = { plain: 0x00, certification: 0x13 };

/** Makes a fresh key. It dies with the sandbox. */
export function createForgeKey(createdAt: Date): ForgeKey {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const body = publicKeyBody(publicKey, createdAt);
  const framed = Buffer.concat([Buffer.from([0x99, body.length >> 8, body.length & 255]), body]);
  const fingerprint = createHash("sha1").update(framed).digest("hex").toUpperCase();
  const keyId = Buffer.from(fingerprint.slice(-16), "hex");
  const signature = (kind: number, bytes: Buffer, at: Date): Buffer => {
    const hashed = hashedPart(kind, at, keyId);
    const signed = Buffer.concat([bytes, hashed, trailer(hashed)]);
    const digest = createHash("sha256").update(signed).digest();
    const value = integer(sign("sha256", signed, privateKey));
    const none = Buffer.from([0, 0]);
    return packet(tags.signature, Buffer.concat([hashed, none, digest.subarray(0, 2), value]));
  };
  const name = Buffer.from(userName);
  const named = Buffer.from([0xb4, 0, 0, 0, name.length]);
  const certification = signature(
    kinds.certification,
    Buffer.concat([framed, named, name]),
    createdAt,
  );
  const packets = [packet(tags.publicKey, body), packet(tags.userName, name), certification];
  return {
    fingerprint,
    armored: armor("PUBLIC KEY BLOCK", Buffer.concat(packets)),
    createdAt,
    sign: (bytes, at) => armor("SIGNATURE", signature(kinds.plain, bytes, at)),
  };
}

function publicKeyBody(publicKey: KeyObject, createdAt: Date): Buffer {
  const { n = "", e = "" } = publicKey.export({ format: "jwk" });
  const head = Buffer.alloc(6);
  head.writeUInt8(4, 0);
  head.writeUInt32BE(Math.floor(createdAt.getTime() / 1000), 1);
  head.writeUInt8(1, 5);
  const parts = [n, e].map((part) => integer(Buffer.from(part, "base64url")));
  return Buffer.concat([head, ...parts]);
}
