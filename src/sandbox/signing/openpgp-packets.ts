/** Frames a body of less than 8384 bytes as a packet of the new format. */
export function packet(tag: number, body: Buffer): Buffer {
  const head = Buffer.from([0xc0 | tag]);
  const rest = body.length - 192;
  const length = rest < 0 ? [body.length] : [(rest >> 8) + 192, rest & 255];
  return Buffer.concat([head, Buffer.from(length), body]);
}

/** Writes a number as a multiprecision integer, without the zeros in front. */
export function integer(bytes: Buffer): Buffer {
  const from = bytes.findIndex((byte) => byte !== 0);
  const digits = bytes.subarray(from);
  const bits = digits.length * 8 - (Math.clz32(digits[0] ?? 0) - 24);
  return Buffer.concat([Buffer.from([bits >> 8, bits & 255]), digits]);
}

/** Writes the part of a signature that is signed itself: RSA, SHA-256, the time and who signed. */
export function hashedPart(kind: number, at: Date, keyId: Buffer): Buffer {
  const time = Buffer.alloc(4);
  time.writeUInt32BE(Math.floor(at.getTime() / 1000));
  const subpackets = [Buffer.from([5, 2]), time, Buffer.from([9, 16]), keyId];
  return Buffer.concat([Buffer.from([4, kind, 1, 8, 0, 16]), ...subpackets]);
}

/** Writes what is signed after the hashed part. */
export function trailer(hashed: Buffer): Buffer {
  return Buffer.from([4, 0xff, 0, 0, hashed.length >> 8, hashed.length & 255]);
}

/** Wraps bytes as text, with their checksum. */
export function armor(kind: string, bytes: Buffer): string {
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  const begin = `-----BEGIN PGP ${kind}-----`;
  return [begin, "", ...lines, `=${checksum(bytes)}`, `-----END PGP ${kind}-----`, ""].join("\n");
}

function checksum(bytes: Buffer): string {
  let crc = 0xb704ce;
  for (const byte of bytes) {
    crc ^= byte << 16;
    for (let bit = 0; bit < 8; bit += 1) {
      crc <<= 1;
      if (crc & 0x1000000) crc ^= 0x1864cfb;
    }
  }
  return Buffer.from([(crc >> 16) & 255, (crc >> 8) & 255, crc & 255]).toString("base64");
}
