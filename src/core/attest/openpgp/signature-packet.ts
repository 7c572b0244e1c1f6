import { byteCursor, readInteger } from "./byte-cursor.ts";
import type { ByteCursor } from "./byte-cursor.ts";
import type { HashName } from "./openpgp-key.ts";

/** What a signature packet says, before anything of it is believed. */
export interface SignaturePacket {
  readonly hashName: HashName;
  /** What is signed after the bytes themselves: the hashed part and the trailer of RFC 4880, 5.2.4. */
  readonly suffix: Buffer;
  readonly madeAt: Date;
  /** Ends of the fingerprints of who is said to have signed: whole ones, or key ids of 16 hex digits. Hints only. */
  readonly issuers: readonly string[];
  readonly signature: Buffer;
}

/** Why a packet cannot be judged (`unsupported`), or why it is none (`malformed`). */
export interface PacketRefused {
  readonly refused: "unsupported" | "malformed";
  readonly reason: string;
}

/**
 * Reads the body of a signature packet: version 4, over the bytes as they are, RSA with SHA-256, SHA-384 or SHA-512, with a time
 * among its hashed subpackets. A part that it calls critical and that is not known here makes it unsupported. Never throws.
 */
export function readSignaturePacket(body: Buffer): SignaturePacket | PacketRefused {
  try {
    return read(body);
  } catch {
    return malformed("it is cut off or malformed");
  }
}

const hashNames: ReadonlyMap<number, HashName> = new Map([
  [8, "sha256"],
  [9, "sha384"],
  [10, "sha512"],
]);

function read(body: Buffer): SignaturePacket | PacketRefused {
  const cursor = byteCursor(body);
  const version = cursor.number(1);
  if (version !== 4) return unsupported(`version ${version}`);
  const kind = cursor.number(1);
  if (kind !== 0) return unsupported(`type ${kind}, which is not one over plain bytes`);
  const algorithm = cursor.number(1);
  if (algorithm !== 1 && algorithm !== 3) return unsupported(`public-key algorithm ${algorithm}`);
  const hashId = cursor.number(1);
  const hashName = hashNames.get(hashId);
  if (hashName === undefined) return unsupported(`hash algorithm ${hashId}`);
  const hashed = readSubpackets(cursor.take(cursor.number(2)));
  const hashedPart = body.subarray(0, body.length - cursor.left());
  const unhashed = readSubpackets(cursor.take(cursor.number(2)));
  // The first two bytes of the digest: a hint to find a wrong one early.
  cursor.take(2);
  const signature = readInteger(cursor);
  if (cursor.left() > 0) return malformed("it has bytes after its end");
  const strange = [...hashed, ...unhashed].find(({ type, critical }) => critical && !known(type));
  if (strange !== undefined) return unsupported(`a critical subpacket ${strange.type}`);
  const [time, ...times] = hashed.filter(({ type }) => type === subpackets.creationTime);
  if (time?.body.length !== 4 || times.length > 0) return malformed("it does not say one time");
  return {
    hashName,
    suffix: Buffer.concat([hashedPart, trailer(hashedPart.length)]),
    madeAt: new Date(time.body.readUInt32BE(0) * 1000),
    issuers: [...hashed, ...unhashed].flatMap(issuerOf),
    signature,
  };
}

const subpackets = { creationTime: 2, issuer: 16, issuerFingerprint: 33 } as const;

interface Subpacket {
  readonly type: number;
  readonly critical: boolean;
  readonly body: Buffer;
}

function readSubpackets(bytes: Buffer): readonly Subpacket[] {
  const cursor = byteCursor(bytes);
  const found: Subpacket[] = [];
  while (cursor.left() > 0) {
    const length = subpacketLength(cursor);
    const type = cursor.number(1);
    found.push({ type: type & 0x7f, critical: type >= 0x80, body: cursor.take(length - 1) });
  }
  return found;
}

function subpacketLength(cursor: ByteCursor): number {
  const first = cursor.number(1);
  const length =
    first < 192
      ? first
      : first === 255
        ? cursor.number(4)
        : ((first - 192) << 8) + cursor.number(1) + 192;
  if (length === 0) throw new RangeError("a subpacket without a type");
  return length;
}

function known(type: number): boolean {
  return Object.values(subpackets).some((one) => one === type);
}

function issuerOf({ type, body }: Subpacket): readonly string[] {
  const id =
    type === subpackets.issuer
      ? body
      : type === subpackets.issuerFingerprint
        ? body.subarray(1)
        : null;
  return id === null ? [] : [id.toString("hex").toUpperCase()];
}

function trailer(hashedLength: number): Buffer {
  const bytes = Buffer.from([4, 0xff, 0, 0, 0, 0]);
  bytes.writeUInt32BE(hashedLength, 2);
  return bytes;
}

function unsupported(reason: string): PacketRefused {
  return { refused: "unsupported", reason };
}

function malformed(reason: string): PacketRefused {
  return { refused: "malformed", reason };
}
