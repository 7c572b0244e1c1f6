import { nextTrustRoot } from "../../../src/core/attest/create-trust-root.ts";
import { trustRootDigest } from "../../../src/core/attest/trust-root.ts";
import { trustRootSigningBytes } from "../../../src/core/attest/trust-root-signatures.ts";
import type { Draft } from "../../../src/core/model/entry.ts";
import type {
  TrustRoot as GivenTrustRoot,
  TrustRootSignature,
} from "../../../src/core/model/governance.ts";
import type { TrustRoot } from "../../../src/generated/trust-root.ts";
import type { Signer } from "../../../src/ports/signer.ts";
import { oidOf } from "./drafts.ts";

/** Keys by key role, as they shall be. */
export type NewKeys = Partial<Record<"root" | "decision" | "execution", readonly Signer[]>>;

/** Forms the trust root that follows, with other keys in the roles that are named. */
export function rotatedTo(
  before: GivenTrustRoot,
  keys: NewKeys,
  rootThreshold?: number,
): TrustRoot {
  const publicKeys = Object.fromEntries(
    Object.entries(keys).map(([role, signers]) => [role, signers.map((one) => one.publicKey)]),
  );
  return nextTrustRoot(before, {
    publicKeys,
    ...(rootThreshold === undefined ? {} : { rootThreshold }),
  });
}

/** Signs a document as holders of keys do, offline. */
export function signaturesOver(
  trustRoot: GivenTrustRoot,
  signers: readonly Signer[],
): readonly TrustRootSignature[] {
  const bytes = trustRootSigningBytes(trustRoot);
  return signers.map((signer) => ({ keyid: signer.keyid, sig: signer.sign(bytes) }));
}

/** Drafts the entry of a trust root as the gate would, whoever signed the document. */
export function trustRootDraft(
  trustRoot: TrustRoot,
  signatures: readonly TrustRootSignature[] | null,
  main: string = oidOf("0"),
): Draft<"trust-root"> {
  return {
    type: "trust-root",
    idempotencyKey: `trust-root:${trustRoot.version}`,
    summary: "keys",
    delivery: null,
    inputs: { trustRoot, main, ...(signatures === null ? {} : { signatures }) },
    result: { digest: trustRootDigest(trustRoot) },
  };
}
