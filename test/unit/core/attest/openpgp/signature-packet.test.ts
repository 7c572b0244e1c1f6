import { describe, expect, it } from "vitest";
import { readSignaturePacket } from "../../../../../src/core/attest/openpgp/signature-packet.ts";
import { verifyDetached } from "../../../../../src/core/attest/openpgp/verify-detached.ts";
import { createForgeKey } from "../../../../../src/sandbox/signing/forge-key.ts";
import { armor, packet } from "../../../../../src/sandbox/signing/openpgp-packets.ts";
import { keysOf } from "../../../../support/openpgp/forge-keys.ts";

const madeAt = new Date("2026-11-21T10:00:00Z");
const forge = createForgeKey(new Date("2026-11-01T00:00:00Z"));
const bytes = Buffer.from("tree 1\nparent 2\n\nMerge\n");
const body = bodyOf(forge.sign(bytes, madeAt));
/** The part that is signed, six bytes and two subpackets long; then come the length of the part that is not, and the rest. */
const hashed = body.subarray(0, 6 + 16);
const rest = body.subarray(6 + 16 + 2);

const time = [5, 2, 0x6a, 0, 0, 0];

function bodyOf(signature: string): Buffer {
  const text = signature.split("\n\n")[1]?.split("\n=")[0] ?? "";
  // Three bytes are the packet's own head.
  return Buffer.from(text, "base64").subarray(3);
}

function lengthOf(part: Buffer): Buffer {
  return Buffer.from([part.length >> 8, part.length & 255]);
}

/** Writes the signature with subpackets in the part that is not signed, which anybody can change. */
function withUnhashed(...subpackets: readonly (readonly number[])[]): Buffer {
  const part = Buffer.from(subpackets.flat());
  return Buffer.concat([hashed, lengthOf(part), part, rest]);
}

/** Writes a packet of which other subpackets are signed; the signature is not over them. */
function withHashed(...subpackets: readonly (readonly number[])[]): Buffer {
  const part = Buffer.from(subpackets.flat());
  const none = Buffer.from([0, 0]);
  return Buffer.concat([hashed.subarray(0, 4), lengthOf(part), part, none, rest]);
}

function verdict(changed: Buffer) {
  return verifyDetached(bytes, armor("SIGNATURE", packet(2, changed)), keysOf(forge.armored));
}

describe("what a signature packet says beside what is signed", () => {
  const good = { outcome: "good", fingerprint: forge.fingerprint, at: madeAt };
  const notation = (length: number) => [20, ...Array<number>(length - 1).fill(0)];

  it.each([
    ["one byte", [100, ...notation(100)]],
    ["two bytes", [192, 108, ...notation(300)]],
    ["five bytes", [255, 0, 0, 1, 44, ...notation(300)]],
  ])("changes nothing, its length written in %s", (_, subpacket) => {
    expect(verdict(withUnhashed(subpacket))).toEqual(good);
    expect(verdict(withUnhashed(subpacket, subpacket))).toEqual(good);
  });

  it("does not move its time", () => {
    expect(verdict(withUnhashed(time))).toEqual(good);
  });

  it("can make it nobody's, but not somebody else's", () => {
    const another = createForgeKey(madeAt).fingerprint;
    const issuer = [...Buffer.from(another.slice(-16), "hex")];
    expect(verdict(withUnhashed([9, 16, ...issuer])).outcome).toBe("unknown-key");
    const own = [...Buffer.from(forge.fingerprint, "hex")];
    expect(verdict(withUnhashed([22, 33, 4, ...own]))).toEqual(good);
  });
});

describe("a signature packet that names nobody", () => {
  it("is not tried with the keys that are given", () => {
    expect(verdict(withHashed(time))).toEqual({
      outcome: "unknown-key",
      reason: "the key is not given: none named",
    });
  });
});

describe("a signature packet", () => {
  const issuer = [9, 16, ...Buffer.from(forge.fingerprint.slice(-16), "hex")];

  it.each([
    ["a time that nobody signed", withoutTime(), "it does not say one time"],
    ["two times", withHashed(time, issuer, time), "it does not say one time"],
    ["a time of another length", withHashed([4, 2, 0, 0, 0], issuer), "it does not say one time"],
    ["bytes after its end", Buffer.concat([body, Buffer.from([0])]), "it has bytes after its end"],
    ["a part without a type", withUnhashed([0, 1, 5]), "it is cut off or malformed"],
    ["a part that is longer than all", withUnhashed([9, 16, 1]), "it is cut off or malformed"],
    ["a part of a cut-off length", withUnhashed([255, 0, 0]), "it is cut off or malformed"],
    ["nothing", Buffer.alloc(0), "it is cut off or malformed"],
  ])("is malformed with %s", (_, changed, reason) => {
    expect(readSignaturePacket(changed)).toEqual({ refused: "malformed", reason });
  });

  it("is of a kind not known with a critical part that is not, signed or not", () => {
    const refused = { refused: "unsupported", reason: "a critical subpacket 20" };
    expect(readSignaturePacket(withUnhashed([2, 0x80 | 20, 0]))).toEqual(refused);
    expect(readSignaturePacket(withHashed(time, [2, 0x80 | 20, 0]))).toEqual(refused);
    expect(readSignaturePacket(withHashed([5, 0x80 | 2, ...time.slice(2)]))).toMatchObject({
      hashName: "sha256",
      madeAt: new Date(0x6a00_0000 * 1000),
    });
  });

  /** Its time stands in the part that is not signed. */
  function withoutTime(): Buffer {
    const part = Buffer.from(issuer);
    const unhashed = Buffer.from(time);
    const parts = [lengthOf(part), part, lengthOf(unhashed), unhashed];
    return Buffer.concat([hashed.subarray(0, 4), ...parts, rest]);
  }
});
