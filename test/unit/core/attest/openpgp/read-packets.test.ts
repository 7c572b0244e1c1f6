import { describe, expect, it } from "vitest";
import { readPackets } from "../../../../../src/core/attest/openpgp/read-packets.ts";

const short = Buffer.alloc(70, 7);
const long = Buffer.alloc(300, 7);

function bytes(head: readonly number[], body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(head), body]);
}

describe("packets", () => {
  it.each([
    ["old, one byte", [0x88, 70], short],
    ["old, two bytes", [0x89, 0, 70], short],
    ["old, four bytes", [0x8a, 0, 0, 1, 44], long],
    ["new, one byte", [0xc2, 70], short],
    ["new, two bytes", [0xc2, 192, 108], long],
    ["new, five bytes", [0xc2, 255, 0, 0, 0, 70], short],
  ])("are the same however their length is written: %s", (_, head, body) => {
    const packet = bytes(head, body);
    expect(readPackets(packet)).toEqual([{ tag: 2, body }]);
    expect(readPackets(Buffer.concat([packet, packet]))).toHaveLength(2);
    expect(readPackets(packet.subarray(0, -1))).toBeNull();
  });

  it.each([
    ["of indeterminate length, to the end of the bytes", bytes([0x8b], short)],
    ["in parts, of which the first says how long it is", bytes([0xc2, 0xe6], Buffer.alloc(64, 7))],
    ["that do not begin as packets do", bytes([0x02, 70], short)],
    ["longer than what there is", bytes([0xc2, 255, 255, 255, 255, 255], short)],
  ])("are none %s", (_, given) => {
    expect(readPackets(given)).toBeNull();
  });

  it("are none when there are more than any key has", () => {
    const empty = Buffer.from([0xcd, 0]);
    const many = (count: number) => readPackets(Buffer.concat(Array(count).fill(empty)));
    expect(many(512)).toHaveLength(512);
    expect(many(513)).toBeNull();
  });
});
