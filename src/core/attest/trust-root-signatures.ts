import { canonicalJson } from "./canonical-json.ts";
import { preAuthEncoding } from "./dsse.ts";
import { keyRoleOf } from "./trust-root.ts";
import { readPublicKey } from "./verify-signature.ts";
import type { TrustRoot, TrustRootSignature } from "../model/governance.ts";

/** DSSE's payload type of a trust root: a signature over one is never one over an entry, nor the other way round. */
export const trustRootPayloadType = "application/vnd.countersign.trust-root+json";

/** A trust root, the one in force that it is to follow, and who signed it. */
export interface Succession {
  readonly before: TrustRoot;
  readonly next: TrustRoot;
  readonly signatures: readonly TrustRootSignature[];
}

/**
 * Computes what the holder of a key signs: the document alone, in its canonical form. No number, time or place in the ledger is
 * part of it, so that it can be signed offline, days before it is entered.
 */
export function trustRootSigningBytes(trustRoot: TrustRoot): Uint8Array {
  return preAuthEncoding(Buffer.from(canonicalJson(trustRoot)), trustRootPayloadType);
}

/** Says whether a signature is over this very document, by the key of either trust root that it names. */
export function isGoodSignature(
  { before, next }: Succession,
  { keyid, sig }: TrustRootSignature,
): boolean {
  const key = [...before.keys, ...next.keys].find((one) => one.keyid === keyid);
  return readPublicKey(key?.publicKey ?? "")?.verifies(trustRootSigningBytes(next), sig) === true;
}

/** How many root keys of a trust root have to sign, and which of them have. */
export interface Quorum {
  readonly threshold: number;
  readonly signed: readonly string[];
  readonly missing: readonly string[];
}

/** Counts the root keys of one trust root among those that signed; each once. */
export function rootQuorum(trustRoot: TrustRoot, signers: ReadonlySet<string>): Quorum {
  const role = trustRoot.keyRoles.find(({ name }) => name === "root");
  const keyids = [...new Set(role?.keyids)];
  return {
    threshold: role?.threshold ?? Infinity,
    signed: keyids.filter((keyid) => signers.has(keyid)),
    missing: keyids.filter((keyid) => !signers.has(keyid)),
  };
}

/**
 * Lists the keys for decisions and executions that come with a trust root. Each of them signs it as well, which proves that
 * somebody holds it: a gate whose new key nobody has could never write again.
 */
export function newWriterKeys(before: TrustRoot, next: TrustRoot): readonly string[] {
  const known = new Set(before.keys.map(({ keyid }) => keyid));
  return next.keyRoles
    .filter(({ name }) => name !== "root")
    .flatMap(({ keyids }) => keyids)
    .filter((keyid) => !known.has(keyid));
}

/** Says whether a key may sign this step: a root key of either trust root, or a new key of a writer. */
export function maySign({ before, next }: Succession, keyid: string): boolean {
  const isRoot = [before, next].some((trustRoot) => keyRoleOf(trustRoot, keyid) === "root");
  return isRoot || newWriterKeys(before, next).includes(keyid);
}
