import { describe, expect, it } from "vitest";
import { byteCursor, readInteger } from "../../../../../src/core/attest/openpgp/byte-cursor.ts";

describe("an integer of OpenPGP", () => {
  const read = (bytes: readonly number[]) => readInteger(byteCursor(Buffer.from(bytes)));

  it("has as many bits as it says", () => {
    expect([...read([0, 1, 1])]).toEqual([1]);
    expect([...read([0, 9, 1, 255])]).toEqual([1, 255]);
    expect([...read([0, 16, 128, 0, 7])]).toEqual([128, 0]);
    expect(read([0x20, 0, 128, ...Array<number>(1023).fill(0)])).toHaveLength(1024);
  });

  it.each([
    ["of no bits", [0, 0], "of a length that nobody uses"],
    ["of more than 8192 bits", [0x20, 1, 1, ...Array<number>(1024).fill(0)], "of a length that"],
    ["with a zero in front", [0, 16, 0, 255], "not as long as it says"],
    ["with more bits than it says", [0, 9, 2, 255], "not as long as it says"],
    ["that is cut off", [0, 16, 128], "cut off"],
    ["without a length", [0], "cut off"],
  ])("is refused %s", (_, bytes, reason) => {
    expect(() => read(bytes)).toThrow(reason);
    expect(() => read(bytes)).toThrow(RangeError);
  });
});
