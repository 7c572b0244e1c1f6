import { decodeBase64 } from "../verify-signature.ts";

/** What a text in ASCII armor holds, block by block, or why it cannot be read. */
export type Armored =
  | { readonly ok: true; readonly blocks: readonly Buffer[] }
  | { readonly ok: false; readonly reason: string };

export type ArmorKind = "SIGNATURE" | "PUBLIC KEY BLOCK";

/** Longest text that is read: GitHub's file of two keys has 5 KiB, a signature 1 KiB. */
export const longestArmor = 128 * 1024;

/**
 * Reads ASCII armor (RFC 4880, 6.2): at least one block of the given kind, and nothing else in the text. A checksum is held
 * against the bytes where there is one; it may be left out, and protects against accidents only.
 */
export function readArmor(text: string, kind: ArmorKind): Armored {
  if (text.length > longestArmor) return refused(`it is longer than ${longestArmor} characters`);
  const lines = text
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
  const pattern = patterns[kind];
  const blocks: Buffer[] = [];
  for (let at = 0; at < lines.length;) {
    pattern.lastIndex = at;
    const [, body, checksum] = pattern.exec(lines) ?? [];
    if (body === undefined) return refused(`it is not armor of a PGP ${kind}`);
    const bytes = decodeBase64(body.replaceAll("\n", ""));
    if (bytes === null) return refused("its base64 is not canonical");
    if (checksum !== undefined && checksum !== checksumOf(bytes)) {
      return refused("its checksum does not agree");
    }
    blocks.push(bytes);
    at = pattern.lastIndex;
  }
  return blocks.length === 0 ? refused("it is empty") : { ok: true, blocks };
}

const patterns: Readonly<Record<ArmorKind, RegExp>> = {
  SIGNATURE: blockPattern("SIGNATURE"),
  "PUBLIC KEY BLOCK": blockPattern("PUBLIC KEY BLOCK"),
};

/** Every part ends with a line break that no other part may contain, so that matching never goes back far. */
function blockPattern(kind: ArmorKind): RegExp {
  const header = "(?:[A-Za-z]{1,20}: [^\\n]*\\n)*";
  const body = "((?:[A-Za-z0-9+/]{1,76}={0,2}\\n)+)";
  const checksum = "(?:=([A-Za-z0-9+/]{4})\\n)?";
  const [begin, end] = [`-----BEGIN PGP ${kind}-----\\n`, `-----END PGP ${kind}-----`];
  return new RegExp(`\\n*${begin}${header}\\n${body}${checksum}${end}\\n*`, "uy");
}

/** The CRC-24 of RFC 4880, 6.1, in base64. */
function checksumOf(bytes: Buffer): string {
  let crc = 0xb704ce;
  for (const byte of bytes) {
    crc ^= byte << 16;
    for (let bit = 0; bit < 8; bit += 1) {
      crc <<= 1;
      if ((crc & 0x1000000) !== 0) crc ^= 0x1864cfb;
    }
  }
  return Buffer.from([(crc >> 16) & 255, (crc >> 8) & 255, crc & 255]).toString("base64");
}

function refused(reason: string): Armored {
  return { ok: false, reason };
}
