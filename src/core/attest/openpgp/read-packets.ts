import { byteCursor } from "./byte-cursor.ts";
import type { ByteCursor } from "./byte-cursor.ts";

/** One packet (RFC 4880, 4): what it is, and its bytes. */
export interface Packet {
  readonly tag: number;
  readonly body: Buffer;
}

export const packetTags = { signature: 2, publicKey: 6 } as const;

/** A key with all its user names and certifications has some dozens. */
const mostPackets = 512;

/**
 * Splits bytes into packets; `null` when they are cut off, or use partial or indeterminate lengths, which neither keys nor
 * signatures may have. Never throws.
 */
export function readPackets(bytes: Buffer): readonly Packet[] | null {
  const packets: Packet[] = [];
  const cursor = byteCursor(bytes);
  try {
    while (cursor.left() > 0) {
      packets.push(readPacket(cursor));
      if (packets.length > mostPackets) return null;
    }
  } catch {
    return null;
  }
  return packets;
}

function readPacket(cursor: ByteCursor): Packet {
  const head = cursor.number(1);
  if (head < 0x80) throw new RangeError("not a packet");
  const [tag, length] =
    (head & 0x40) !== 0
      ? [head & 0x3f, newLength(cursor)]
      : [(head >> 2) & 0x0f, oldLength(cursor, head & 3)];
  return { tag, body: cursor.take(length) };
}

function newLength(cursor: ByteCursor): number {
  const first = cursor.number(1);
  if (first < 192) return first;
  if (first < 224) return ((first - 192) << 8) + cursor.number(1) + 192;
  if (first === 255) return cursor.number(4);
  throw new RangeError("a partial length");
}

function oldLength(cursor: ByteCursor, kind: number): number {
  if (kind === 3) throw new RangeError("an indeterminate length");
  return cursor.number(2 ** kind);
}
