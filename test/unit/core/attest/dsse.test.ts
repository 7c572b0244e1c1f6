import { describe, expect, it, test } from "vitest";

import { canonicalJson } from "../../../../src/core/attest/canonical-json.ts";
import {
  decodeEnvelope,
  encodeEnvelope,
  preAuthEncoding,
} from "../../../../src/core/attest/dsse.ts";
import type { Json } from "../../../../src/core/model/json.ts";

const payload = Buffer.from("hello world");
const signature = { keyid: "k", sig: "AAAA" };

function envelope(signatures: Json): string {
  return canonicalJson({
    payload: payload.toString("base64"),
    payloadType: "application/vnd.in-toto+json",
    signatures,
  });
}

describe("DSSE", () => {
  it("is signed over the lengths, the type and the payload", () => {
    expect(Buffer.from(preAuthEncoding(payload)).toString()).toBe(
      "DSSEv1 28 application/vnd.in-toto+json 11 hello world",
    );
    const bytes = Buffer.from("é");
    expect(Buffer.from(preAuthEncoding(bytes)).toString()).toContain(" 2 é");
  });

  it("is read as it was written, with every signature", () => {
    const signatures = [signature, { keyid: "l", sig: "BBBB" }];
    expect(encodeEnvelope({ payload, signatures })).toBe(envelope(signatures));
    expect(decodeEnvelope(envelope(signatures))).toEqual({ payload, signatures });
  });

  test.each<[string, Json]>([
    ["no signature", []],
    ["null for a signature", [null]],
    ["a text for a signature", ["AAAA"]],
    ["a number for a signature", [7]],
    ["a list for a signature", [[]]],
    ["a keyid that is no text", [{ keyid: 1, sig: "AAAA" }]],
    ["a signature without bytes", [{ keyid: "k" }]],
    ["one good signature and one that is none", [signature, null]],
    ["one that is none and one good signature", [null, signature]],
    ["a member nobody knows", [{ ...signature, extra: 1 }]],
    ["an object for the list", { 0: signature, length: 1 }],
  ])("refuses %s", (_, signatures) => {
    expect(decodeEnvelope(envelope([signature]))).not.toBeNull();
    expect(decodeEnvelope(envelope(signatures))).toBeNull();
  });
});
