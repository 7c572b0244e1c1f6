import { readArmor } from "./armor.ts";
import type { OpenPgpKey } from "./openpgp-key.ts";
import { packetTags, readPackets } from "./read-packets.ts";
import { readSignaturePacket } from "./signature-packet.ts";
import type { SignaturePacket } from "./signature-packet.ts";

/** A key with the time in which it was the forge's. What it signed then stays good, whether it expired since or not. */
export interface ForgeKey {
  readonly key: OpenPgpKey;
  readonly from: Date;
  /** The first instant at which it was no longer the forge's; `null` while it still is. */
  readonly until: Date | null;
}

/** What is known about a signature. Only `good` proves anything, and only `bad` speaks against the bytes. */
export type SignatureVerdict =
  | { readonly outcome: "good"; readonly fingerprint: string; readonly at: Date }
  | { readonly outcome: "bad"; readonly reason: string }
  | { readonly outcome: "unknown-key"; readonly reason: string }
  | { readonly outcome: "unsupported"; readonly reason: string };

/**
 * Verifies an armored detached OpenPGP signature over exactly `bytes`, with keys that are given from outside. Good: it is one
 * of their signatures, and its time lies in that key's era. Bad: it names one of the keys and does not hold, was made outside
 * the era, or cannot be read. Unknown key and unsupported: it is somebody's, of whom nothing can be said. Pure; never throws,
 * whatever the signature is.
 */
export function verifyDetached(
  bytes: Uint8Array,
  armored: string,
  keys: readonly ForgeKey[],
): SignatureVerdict {
  if (!armored.trimStart().startsWith("-----BEGIN PGP SIGNATURE-----")) {
    return { outcome: "unsupported", reason: "the signature is not one of OpenPGP" };
  }
  const armor = readArmor(armored, "SIGNATURE");
  if (!armor.ok) return bad(`the signature cannot be read: ${armor.reason}`);
  const packets = armor.blocks.map(readPackets);
  const [first, ...more] = packets.flatMap((one) => one ?? [{ tag: -1, body: Buffer.alloc(0) }]);
  if (first?.tag !== packetTags.signature || more.length > 0) {
    return bad("the signature is not exactly one signature packet");
  }
  const packet = readSignaturePacket(first.body);
  if (!("refused" in packet)) return verifyPacket(bytes, packet, keys);
  if (packet.refused === "unsupported") {
    return {
      outcome: "unsupported",
      reason: `the signature is of a kind not known: ${packet.reason}`,
    };
  }
  return bad(`the signature cannot be read: ${packet.reason}`);
}

function verifyPacket(
  bytes: Uint8Array,
  { issuers, hashName, suffix, signature, madeAt }: SignaturePacket,
  keys: readonly ForgeKey[],
): SignatureVerdict {
  const named = keys.filter(
    ({ key }) =>
      issuers.length > 0 &&
      issuers.every((issuer) => issuer.length >= 16 && key.fingerprint.endsWith(issuer)),
  );
  if (named.length === 0) {
    return {
      outcome: "unknown-key",
      reason: `the key is not given: ${issuers[0] ?? "none named"}`,
    };
  }
  const signed = Buffer.concat([bytes, suffix]);
  const signer = named.find(({ key }) => key.verifies(hashName, signed, signature));
  if (signer === undefined) return bad("the signature is not over these bytes");
  if (madeAt < signer.from || (signer.until !== null && madeAt >= signer.until)) {
    const { fingerprint } = signer.key;
    return bad(
      `the signature was made at ${madeAt.toISOString()}, outside the era of ${fingerprint}`,
    );
  }
  return { outcome: "good", fingerprint: signer.key.fingerprint, at: madeAt };
}

function bad(reason: string): SignatureVerdict {
  return { outcome: "bad", reason };
}
