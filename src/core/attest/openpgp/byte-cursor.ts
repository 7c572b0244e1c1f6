/** Reads bytes one after the other. Every read past the end throws RangeError: whoever opens a cursor catches it. */
export interface ByteCursor {
  /** How many bytes are left. */
  readonly left: () => number;
  readonly take: (length: number) => Buffer;
  /** Reads an unsigned number of `length` bytes, most significant first; at most four. */
  readonly number: (length: number) => number;
}

/** Opens a cursor at the beginning of the bytes. */
export function byteCursor(bytes: Buffer): ByteCursor {
  let at = 0;
  const take = (length: number): Buffer => {
    if (length > bytes.length - at) throw new RangeError("cut off");
    at += length;
    return bytes.subarray(at - length, at);
  };
  return {
    left: () => bytes.length - at,
    take,
    number: (length) => take(length).readUIntBE(0, length),
  };
}

/** Reads a multiprecision integer (RFC 4880, 3.2) of at most 8192 bits without leading zeros, or throws RangeError. */
export function readInteger(cursor: ByteCursor): Buffer {
  const bits = cursor.number(2);
  if (bits === 0 || bits > 8192) throw new RangeError("an integer of a length that nobody uses");
  const bytes = cursor.take(Math.ceil(bits / 8));
  const first = bytes.readUInt8(0);
  if (32 - Math.clz32(first) !== ((bits - 1) % 8) + 1) {
    throw new RangeError("an integer that is not as long as it says");
  }
  return bytes;
}
