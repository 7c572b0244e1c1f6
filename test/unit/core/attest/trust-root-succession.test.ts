import { describe, expect, it } from "vitest";

import { memorySigner } from "../../../../src/adapters/memory/memory-signer.ts";
import { preAuthEncoding } from "../../../../src/core/attest/dsse.ts";
import { canonicalJson } from "../../../../src/core/attest/canonical-json.ts";
import { isGoodSignature, rootQuorum } from "../../../../src/core/attest/trust-root-signatures.ts";
import { successionDefect } from "../../../../src/core/attest/trust-root-succession.ts";
import type { TrustRoot } from "../../../../src/core/model/governance.ts";
import type { Signer } from "../../../../src/ports/signer.ts";
import { acmeKeys } from "../../../support/ledger/acme-keys.ts";
import { digestOf } from "../../../support/ledger/drafts.ts";
import { rotatedTo, signaturesOver } from "../../../support/ledger/rotation.ts";

const acme = acmeKeys();
const [second, third, fresh] = [memorySigner(), memorySigner(), memorySigner()];
/** Two of three root keys have to sign. */
const before = {
  ...rotatedTo(acme.trustRoot, { root: [acme.root, second, third] }, 2),
  version: 4,
};
const next: TrustRoot = rotatedTo(before, { decision: [fresh] });

interface Tried {
  readonly earlier?: readonly TrustRoot[];
  readonly document?: TrustRoot;
  readonly signers?: readonly Signer[];
}

function code({ earlier = [before], document = next, signers }: Tried): string | null {
  const signatures = signaturesOver(document, signers ?? [acme.root, second, fresh]);
  return successionDefect(earlier, document, signatures)?.code ?? null;
}

describe("the next trust root", () => {
  it("may follow when the threshold of the one before, its own, and each new key of a writer signed", () => {
    expect(code({})).toBeNull();
    expect(code({ signers: [third, fresh, acme.root] })).toBeNull();
    expect(code({ document: rotatedTo(before, {}), signers: [second, third] })).toBeNull();
  });

  it("follows something", () => {
    expect(code({ earlier: [] })).toBe("trust-root-missing");
  });

  it("has to be signed by enough keys from before", () => {
    expect(code({ signers: [acme.root, fresh] })).toBe("trust-root-too-few-signatures");
    expect(code({ signers: [] })).toBe("trust-root-too-few-signatures");
    // New root keys alone make themselves nothing.
    const taken = rotatedTo(before, { root: [fresh] }, 1);
    expect(code({ document: taken, signers: [fresh] })).toBe("trust-root-too-few-signatures");
  });

  it("has to be signed by enough of its own keys: nobody goes over to keys that nobody holds", () => {
    const unheld = rotatedTo(before, { root: [fresh, memorySigner()] }, 2);
    const document = unheld;
    expect(code({ document, signers: [acme.root, second] })).toBe("trust-root-not-accepted");
    expect(code({ document, signers: [acme.root, second, fresh] })).toBe("trust-root-not-accepted");
    const held = rotatedTo(before, { root: [fresh] }, 1);
    expect(code({ document: held, signers: [acme.root, second, fresh] })).toBeNull();
  });

  it("has to be signed by the new key of gate or executor, which shows that somebody holds it", () => {
    expect(code({ signers: [acme.root, second] })).toBe("trust-root-key-unproved");
    const document = rotatedTo(before, { execution: [fresh, acme.execution] });
    expect(code({ document, signers: [acme.root, second] })).toBe("trust-root-key-unproved");
    expect(code({ document, signers: [acme.root, second, fresh] })).toBeNull();
  });

  it("counts a key once", () => {
    expect(code({ signers: [acme.root, acme.root, fresh] })).toBe("trust-root-signed-twice");
  });

  it("is signed by nobody else: not by the gate alone, not by a stranger", () => {
    expect(code({ signers: [acme.decision] })).toBe("trust-root-signer-unfit");
    const stranger = memorySigner();
    const all = [acme.root, second, fresh];
    expect(code({ signers: [...all, stranger] })).toBe("trust-root-signer-unfit");
    expect(code({ signers: [...all, acme.execution] })).toBe("trust-root-signer-unfit");
  });

  it("is what the signatures are over: no other document, no other payload type, no other key", () => {
    const signers = [acme.root, second, fresh];
    const other = { ...next, description: "another" };
    const asEntry = preAuthEncoding(Buffer.from(canonicalJson(next)));
    const faults = [
      signaturesOver(other, signers),
      signers.map((signer) => ({ keyid: signer.keyid, sig: signer.sign(asEntry) })),
      signaturesOver(next, [acme.root, third, fresh]).map((one, index) => ({
        ...one,
        keyid: signers[index]?.keyid ?? "",
      })),
      signaturesOver(next, signers).map((one) => ({ ...one, sig: "" })),
    ].map((signatures) => successionDefect([before], next, signatures)?.code);
    expect(new Set(faults)).toEqual(new Set(["trust-root-signature-invalid"]));
  });

  it("is the next version, of the same repository and branch, and names the one before", () => {
    expect(code({ document: { ...next, version: 6 } })).toBe("trust-root-version-skipped");
    expect(code({ document: { ...next, version: 4 } })).toBe("trust-root-version-skipped");
    for (const repository of [
      { id: 1, governedBranch: "main" },
      { id: 700_001, governedBranch: "trunk" },
    ]) {
      const document = { ...next, repository };
      expect(code({ document })).toBe("trust-root-of-another-repository");
    }
    const named = { ...next, previous: digestOf("9") };
    expect(code({ document: named })).toBe("trust-root-previous-differs");
    const { previous, ...unnamed } = next;
    expect(previous).not.toBeUndefined();
    expect(code({ document: unnamed })).toBe("trust-root-previous-differs");
  });

  it("gives no key another role than it ever had (P1)", () => {
    const swapped = rotatedTo(before, { decision: [acme.execution], execution: [fresh] });
    expect(code({ document: swapped })).toBe("trust-root-key-in-another-role");
    // Retired in between, and back on the other side.
    const back = rotatedTo(next, { execution: [acme.decision] });
    const earlier = [before, next];
    const signers = [acme.root, second, acme.decision];
    expect(code({ earlier, document: back, signers })).toBe("trust-root-key-in-another-role");
    const same = rotatedTo(next, { decision: [acme.decision] });
    expect(code({ earlier, document: same, signers })).toBeNull();
  });

  it("is fit: every keyid that of its key, and gate and executor able to write alone", () => {
    const unfit = { ...next, keys: next.keys.map((key) => ({ ...key, keyid: digestOf("9") })) };
    expect(code({ document: unfit })).toBe("trust-root-malformed");
    const both = rotatedTo(before, { decision: [acme.decision, fresh] });
    const silenced = {
      ...both,
      keyRoles: both.keyRoles.map((role) =>
        role.name === "decision" ? { ...role, threshold: 2 } : role,
      ),
    };
    expect(code({ document: silenced })).toBe("trust-root-malformed");
    expect(code({ document: both })).toBeNull();
  });

  it("says what is wrong as a sentence, and of how many keys", () => {
    const bad = signaturesOver({ ...next, version: 9 }, [acme.root, second, fresh]);
    const detail = successionDefect([before], next, bad)?.detail ?? "";
    expect(detail).toBe(`The key ${acme.root.keyid} (and 2 more) did not sign this document.`);
    const few = successionDefect([before], next, signaturesOver(next, [acme.root, fresh]));
    expect(few?.detail).toBe("Of the 2 root keys of trust root 4 that must sign it, 1 did.");
  });
});

it("believes no signature by a key that neither trust root knows", () => {
  const [signature] = signaturesOver(next, [memorySigner()]);
  if (signature === undefined) throw new Error("no signature");
  expect(isGoodSignature({ before, next, signatures: [] }, signature)).toBe(false);
});

it("lets nobody reach the threshold of a trust root without root keys", () => {
  const keyRoles = before.keyRoles.filter(({ name }) => name !== "root");
  const rootless = { ...before, keyRoles };
  expect(rootQuorum(rootless, new Set([acme.root.keyid]))).toEqual({
    threshold: Infinity,
    signed: [],
    missing: [],
  });
});
