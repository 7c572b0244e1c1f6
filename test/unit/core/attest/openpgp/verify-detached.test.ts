import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readOpenPgpKeys } from "../../../../../src/core/attest/openpgp/read-openpgp-keys.ts";
import { verifyDetached } from "../../../../../src/core/attest/openpgp/verify-detached.ts";
import { createForgeKey } from "../../../../../src/sandbox/signing/forge-key.ts";
import { armor } from "../../../../../src/sandbox/signing/openpgp-packets.ts";
import { keysOf } from "../../../../support/openpgp/forge-keys.ts";
import { gnupgVector } from "../../../../support/openpgp/gnupg-vector.ts";

const madeAt = new Date("2026-11-21T10:00:00Z");
const forge = createForgeKey(new Date("2026-11-01T00:00:00Z"));
const another = createForgeKey(madeAt);
const bytes = Buffer.from("tree 1\nparent 2\n\nMerge\n");
const signature = forge.sign(bytes, madeAt);
const keys = keysOf(forge.armored);
const packet = dearmored(signature);
/** The packet's head has three bytes; the part of it that is signed follows. */
const hashed = { from: 3, to: 3 + 6 + 16 };

function dearmored(text: string): Buffer {
  const body = text.split("\n\n")[1]?.split("\n=")[0] ?? "";
  return Buffer.from(body, "base64");
}

function flipped(from: Uint8Array, bit: number): Buffer {
  const to = Buffer.from(from);
  const at = Math.floor(bit / 8);
  to.writeUInt8((to[at] ?? 0) ^ (1 << (bit % 8)), at);
  return to;
}

/** Writes a signature again after a change of its bytes, with a checksum that agrees. */
function changed(change: (packet: Buffer) => Buffer): string {
  return armor("SIGNATURE", change(Buffer.from(packet)));
}

describe("a signature of the forge", () => {
  it("is good, and says when it was made and with which key", () => {
    expect(verifyDetached(bytes, signature, keys)).toEqual({
      outcome: "good",
      fingerprint: forge.fingerprint,
      at: madeAt,
    });
    const both = keysOf(`${another.armored}\n${forge.armored}`);
    expect(verifyDetached(bytes, signature, both).outcome).toBe("good");
  });

  it("is good without a checksum and with the line ends of another system", () => {
    const without = signature.replace(/\n=.{4}\n/u, "\n");
    expect(verifyDetached(bytes, without, keys).outcome).toBe("good");
    expect(verifyDetached(bytes, signature.replaceAll("\n", "\r\n"), keys).outcome).toBe("good");
  });

  it("is good as GnuPG makes it", () => {
    const { publicKey, fingerprint, madeAt: at, ...vector } = gnupgVector;
    const verdict = verifyDetached(Buffer.from(vector.bytes), vector.signature, keysOf(publicKey));
    expect(verdict).toEqual({ outcome: "good", fingerprint, at: new Date(at) });
    const other = Buffer.from(`${vector.bytes}!`);
    expect(verifyDetached(other, vector.signature, keysOf(publicKey)).outcome).toBe("bad");
  });

  it("counts in the era of its key, its first instant included and its last not", () => {
    const outcome = (era: { from?: string; until?: string }) =>
      verifyDetached(bytes, signature, keysOf(forge.armored, era)).outcome;
    expect(outcome({ from: "2026-11-21T10:00:00Z" })).toBe("good");
    expect(outcome({ from: "2026-11-21T10:00:01Z" })).toBe("bad");
    expect(outcome({ until: "2026-11-21T10:00:01Z" })).toBe("good");
    expect(outcome({ until: "2026-11-21T10:00:00Z" })).toBe("bad");
  });

  it("is never good after one bit of what is signed changed", () => {
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        expect(verifyDetached(flipped(bytes, bit), signature, keys).outcome).toBe("bad");
      }),
    );
    for (let bit = hashed.from * 8; bit < hashed.to * 8; bit += 1) {
      const altered = changed((whole) => flipped(whole, bit));
      expect([bit, verifyDetached(bytes, altered, keys).outcome]).not.toEqual([bit, "good"]);
    }
  });

  it("is never good after one bit of the signature itself changed", () => {
    const from = (hashed.to + 6) * 8;
    fc.assert(
      fc.property(fc.integer({ min: from, max: packet.length * 8 - 1 }), (bit) => {
        const altered = changed((whole) => flipped(whole, bit));
        expect(verifyDetached(bytes, altered, keys).outcome).toBe("bad");
      }),
    );
  });
});

describe("a signature that says nothing", () => {
  it("is one by a key that is not given", () => {
    const verdict = verifyDetached(bytes, another.sign(bytes, madeAt), keys);
    expect(verdict).toMatchObject({
      outcome: "unknown-key",
      reason: expect.stringContaining(another.fingerprint.slice(-16)) as string,
    });
    expect(verifyDetached(bytes, signature, []).outcome).toBe("unknown-key");
  });

  it.each([
    ["of another algorithm", gnupgVector.ed25519Signature, "algorithm 22"],
    ["of another version", changed((whole) => set(whole, 3, 5)), "version 5"],
    ["over text with other line ends", changed((whole) => set(whole, 4, 1)), "type 1"],
    ["with SHA-1", changed((whole) => set(whole, 6, 2)), "hash algorithm 2"],
    ["with a critical part nobody knows", changed((whole) => set(whole, 16, 0x80 | 99)), "99"],
    ["of SSH", "-----BEGIN SSH SIGNATURE-----\nabc\n-----END SSH SIGNATURE-----\n", "OpenPGP"],
    ["of X.509", "-----BEGIN SIGNED MESSAGE-----\nabc\n", "OpenPGP"],
    ["that is empty", "", "OpenPGP"],
  ])("is one %s", (_, text, reason) => {
    const verdict = verifyDetached(bytes, text, keys);
    expect(verdict).toEqual({
      outcome: "unsupported",
      reason: expect.stringContaining(reason) as string,
    });
  });
});

function set(whole: Buffer, at: number, value: number): Buffer {
  whole.writeUInt8(value, at);
  return whole;
}

describe("a signature that cannot be read", () => {
  it.each([
    ["two blocks", signature + signature],
    ["two packets", changed((whole) => Buffer.concat([whole, whole]))],
    ["bytes behind it", changed((whole) => Buffer.concat([whole, Buffer.from([0])]))],
    ["another packet", armor("SIGNATURE", dearmored(forge.armored))],
    ["words behind it", `${signature}and more`],
    ["a wrong checksum", signature.replace(/\n=.{4}\n/u, "\n=AAAA\n")],
    ["no end", signature.replace("-----END", "-----")],
    ["no time", changed((whole) => set(whole, 10, 100))],
    ["too much of it", `-----BEGIN PGP SIGNATURE-----\n\n${"A".repeat(200_000)}`],
  ])("is bad: %s", (_, text) => {
    expect(verifyDetached(bytes, text, keys).outcome).toBe("bad");
  });

  it("is bad wherever it is cut off", () => {
    for (let end = 0; end < packet.length; end += 1) {
      const cut = changed((whole) => whole.subarray(0, end));
      expect([end, verifyDetached(bytes, cut, keys).outcome]).toEqual([end, "bad"]);
    }
  });

  it("never throws, whatever it is", () => {
    const begin = fc.constantFrom(0xc2, 0x88, 0x89, 0x8a, 0xc6);
    const hostile = fc.tuple(begin, fc.uint8Array({ maxLength: 200 })).map(([head, rest]) => {
      return armor("SIGNATURE", Buffer.from([head, ...rest]));
    });
    const version4 = fc.uint8Array({ maxLength: 180 }).map((rest) => {
      const body = Buffer.from([4, 0, 1, 8, ...rest]);
      return armor("SIGNATURE", Buffer.concat([Buffer.from([0xc2, body.length]), body]));
    });
    fc.assert(
      fc.property(fc.oneof(hostile, version4, fc.string()), (text) => {
        expect(verifyDetached(bytes, text, keys).outcome).not.toBe("good");
        expect(readOpenPgpKeys(text).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe("a file of keys", () => {
  const keyPacket = dearmored(forge.armored);
  const key = (change: (whole: Buffer) => Buffer): string =>
    armor("PUBLIC KEY BLOCK", change(Buffer.from(keyPacket)));

  it("gives each primary key, from one block or several", () => {
    const one = armor("PUBLIC KEY BLOCK", Buffer.concat([keyPacket, dearmored(another.armored)]));
    for (const text of [one, forge.armored + another.armored]) {
      expect(keysOf(text).map((each) => each.key.fingerprint)).toEqual([
        forge.fingerprint,
        another.fingerprint,
      ]);
    }
    expect(keysOf(gnupgVector.publicKey)[0]?.key.fingerprint).toBe(gnupgVector.fingerprint);
  });

  it.each([
    ["empty", ""],
    ["a signature", signature],
    ["a signature in the armor of a key", armor("PUBLIC KEY BLOCK", packet)],
    ["of version 5", key((whole) => set(whole, 3, 5))],
    ["of another algorithm", key((whole) => set(whole, 8, 22))],
    ["cut off", key((whole) => whole.subarray(0, 100))],
    ["a modulus that is shorter than it says", key((whole) => set(whole, 11, 0))],
  ])("is refused: %s", (_, text) => {
    expect(readOpenPgpKeys(text).ok).toBe(false);
  });

  it("is refused when any bit of its first packet's frame does not fit", () => {
    fc.assert(
      fc.property(fc.nat(keyPacket.length * 8 - 1), (bit) => {
        const read = readOpenPgpKeys(key((whole) => flipped(whole, bit)));
        if (!read.ok) return;
        const eras = read.keys.map((one) => ({ key: one, from: new Date(0), until: null }));
        const sameKey = read.keys[0]?.fingerprint === forge.fingerprint;
        expect(verifyDetached(bytes, signature, eras).outcome === "good").toBe(sameKey);
      }),
    );
  });
});
