import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textFromGit } from "../../../../src/adapters/git/git-text.ts";

describe("textFromGit", () => {
  it("leaves UTF-8 as it is, byte order mark included", () => {
    const text = "\ufeffä€😀\0\n";
    expect(textFromGit(Buffer.from(text))).toBe(text);
  });

  it("marks single bytes that are not UTF-8, among others that are", () => {
    expect(textFromGit(Buffer.from([0x61, 0xff, 0xc3, 0xa4, 0xe2, 0x82]))).toBe(
      "a\udcffä\udce2\udc82",
    );
  });

  it("does not take an encoded surrogate or an overlong slash for a character", () => {
    expect(textFromGit(Buffer.from([0xed, 0xb3, 0xbf]))).toBe("\udced\udcb3\udcbf");
    expect(textFromGit(Buffer.from([0xc0, 0xaf]))).toBe("\udcc0\udcaf");
  });

  it("never gives the same text for different bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        expect(bytesOf(textFromGit(bytes))).toEqual([...bytes]);
      }),
    );
  });
});

function bytesOf(text: string): number[] {
  const letters = Array.from(text);
  return letters.flatMap((letter) =>
    /^[\udc80-\udcff]$/.test(letter) ? [letter.charCodeAt(0) - 0xdc00] : [...Buffer.from(letter)],
  );
}
