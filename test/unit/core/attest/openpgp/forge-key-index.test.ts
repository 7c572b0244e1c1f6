import { describe, expect, it } from "vitest";
import {
  forgeKeys,
  parseForgeKeyIndex,
} from "../../../../../src/core/attest/openpgp/forge-key-index.ts";
import { gnupgVector } from "../../../../support/openpgp/gnupg-vector.ts";

const { fingerprint, publicKey } = gnupgVector;
const entry = { file: "web-flow.gpg", fingerprint, from: "2024-01-16T00:00:00Z", until: null };
const index = (...keys: readonly object[]): string => JSON.stringify({ format: 1, keys });

describe("an index of the forge's keys", () => {
  it("gives each key its era", () => {
    for (const [until, end] of [
      ["2026-01-16T00:00:00Z", new Date("2026-01-16T00:00:00Z")],
      // Still the forge's.
      [null, null],
    ]) {
      const parsed = parseForgeKeyIndex(index({ ...entry, until }));
      if (typeof parsed === "string") throw new Error(parsed);
      const keys = forgeKeys(parsed, new Map([["web-flow.gpg", publicKey]]));
      const from = new Date(entry.from);
      expect(keys).toMatchObject([{ key: { fingerprint }, from, until: end }]);
    }
  });

  it.each([
    ["{", "JSON"],
    [`{"format":1,"format":1,"keys":[]}`, "JSON"],
    [index(), "names no key"],
    [JSON.stringify({ format: 2, keys: [entry] }), "of the form"],
    [index({ ...entry, file: "../web-flow.gpg" }), "of the form"],
    [index({ ...entry, fingerprint: fingerprint.slice(-16) }), "of the form"],
    [index({ ...entry, from: "yesterday" }), "of the form"],
    [index({ ...entry, until: undefined }), "of the form"],
    [index({ ...entry, trusted: true }), "of the form"],
    [index(entry, { ...entry, from: "2025-01-16T00:00:00Z" }), "twice"],
    [index({ ...entry, until: entry.from }), "ends before"],
  ])("is refused: %s", (content, fault) => {
    expect(parseForgeKeyIndex(content)).toContain(fault);
  });

  it("is refused when a file does not have its key", () => {
    const parsed = parseForgeKeyIndex(index({ ...entry, fingerprint: "A".repeat(40) }));
    if (typeof parsed === "string") throw new Error(parsed);
    expect(forgeKeys(parsed, new Map([["web-flow.gpg", publicKey]]))).toContain("has no key AAAA");
    expect(forgeKeys(parsed, new Map())).toContain("cannot be used");
  });
});
