import { describe, expect, it } from "vitest";

import {
  keyidOf,
  keyRoleOf,
  trustRootDefects,
  trustRootDigest,
} from "../../../../src/core/attest/trust-root.ts";
import { readPublicKey } from "../../../../src/core/attest/verify-signature.ts";
import type { TrustRoot } from "../../../../src/generated/trust-root.ts";
import { acmeKeys } from "../../../support/ledger/acme-keys.ts";
import { digestOf } from "../../../support/ledger/drafts.ts";

const { trustRoot, decision, execution } = acmeKeys();

function changed(change: (copy: TrustRoot) => void): readonly string[] {
  const copy = structuredClone(trustRoot);
  change(copy);
  return trustRootDefects(copy);
}

describe("trustRootDefects", () => {
  it("finds nothing in what keygen makes", () => {
    expect(trustRootDefects(trustRoot)).toEqual([]);
  });

  it.each<[string, (copy: TrustRoot) => void, RegExp]>([
    ["a key listed twice", ({ keys }) => keys.push({ ...keys[0] } as never), /listed twice/u],
    [
      "a keyid of another key",
      ({ keys }) => void ((keys[1] as { publicKey: string }).publicKey = execution.publicKey),
      /not the digest/u,
    ],
    [
      "a key that is none",
      ({ keys }) => void ((keys[1] as { publicKey: string }).publicKey = "AAAA"),
      /not an Ed25519 key/u,
    ],
    [
      "base64 of another spelling",
      ({ keys }) => void ((keys[1] as { publicKey: string }).publicKey += "\n"),
      /not an Ed25519 key/u,
    ],
    [
      "a missing key role",
      ({ keyRoles }) => void keyRoles.pop(),
      /execution must be there exactly once/u,
    ],
    [
      "a key role twice",
      ({ keyRoles }) => keyRoles.push({ ...keyRoles[0], keyids: [] } as never),
      /root must be there exactly once/u,
    ],
    [
      "a key in two key roles",
      ({ keyRoles }) => keyRoles[0]?.keyids.push(decision.keyid),
      /more than one key role/u,
    ],
    [
      "an unknown keyid",
      ({ keyRoles }) => keyRoles[0]?.keyids.push(digestOf("9")),
      /is not in keys/u,
    ],
    ...[0, 2, NaN].map((threshold): [string, (copy: TrustRoot) => void, RegExp] => [
      `a threshold of ${threshold}`,
      ({ keyRoles }) => void ((keyRoles[0] as { threshold: number }).threshold = threshold),
      /threshold of root/u,
    ]),
  ])("names %s", (_, change, fault) => {
    expect(changed(change).join("; ")).toMatch(fault);
  });
});

describe("the trust root", () => {
  it("has one digest whatever its spelling, and another for every other document", () => {
    const reversed = Object.fromEntries(
      Object.entries(trustRoot).reverse(),
    ) as unknown as TrustRoot;
    expect(trustRootDigest(reversed)).toBe(trustRootDigest(trustRoot));
    expect(trustRootDigest({ ...trustRoot, version: 2 })).not.toBe(trustRootDigest(trustRoot));
  });

  it("gives each key its one key role", () => {
    expect(keyRoleOf(trustRoot, decision.keyid)).toBe("decision");
    expect(keyRoleOf(trustRoot, digestOf("9"))).toBeNull();
    expect(keyidOf(decision.publicKey)).toBe(decision.keyid);
  });

  it("reads no key of another algorithm in the same wrapping", () => {
    const der = Buffer.from(decision.publicKey, "base64");
    der[8] = 0x6f;
    expect(readPublicKey(der.toString("base64"))).toBeNull();
  });
});
