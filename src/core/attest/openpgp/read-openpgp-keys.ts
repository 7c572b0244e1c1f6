import { readArmor } from "./armor.ts";
import { readOpenPgpKey } from "./openpgp-key.ts";
import type { OpenPgpKey } from "./openpgp-key.ts";
import { packetTags, readPackets } from "./read-packets.ts";

/** The keys of a file, or why it cannot be used. */
export type OpenPgpKeys =
  | { readonly ok: true; readonly keys: readonly OpenPgpKey[] }
  | { readonly ok: false; readonly reason: string };

/**
 * Reads the primary keys of an armored file, as `https://github.com/web-flow.gpg` gives them. User names, certifications and
 * subkeys are passed over: that the keys are GitHub's is said by who gives the file, not by the file. A primary key that cannot
 * be used refuses the whole file. Never throws.
 */
export function readOpenPgpKeys(armored: string): OpenPgpKeys {
  const armor = readArmor(armored, "PUBLIC KEY BLOCK");
  if (!armor.ok) return armor;
  const keys: OpenPgpKey[] = [];
  for (const block of armor.blocks) {
    const packets = readPackets(block);
    if (packets?.[0]?.tag !== packetTags.publicKey) {
      return { ok: false, reason: "it does not begin with a public key, or is cut off" };
    }
    for (const { body } of packets.filter(({ tag }) => tag === packetTags.publicKey)) {
      const key = readOpenPgpKey(body);
      if ("refused" in key) return { ok: false, reason: `it has ${key.refused}` };
      keys.push(key);
    }
  }
  return { ok: true, keys };
}
