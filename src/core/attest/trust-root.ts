import { canonicalJson } from "./canonical-json.ts";
import { sha256 } from "./digest.ts";
import { decodeBase64, readPublicKey } from "./verify-signature.ts";
import type { TrustRoot } from "../model/governance.ts";

/** What a key may sign: the next trust root, entries of the gate, or entries of the executor. */
export type KeyRole = "root" | "decision" | "execution";

/** Computes the hash that an auditor pins: over the document's canonical JSON, not its spelling. */
export function trustRootDigest(trustRoot: TrustRoot): string {
  return sha256(canonicalJson(trustRoot));
}

/** Computes the name of a public key: the digest of its SPKI DER. */
export function keyidOf(publicKey: string): string {
  return sha256(Buffer.from(publicKey, "base64"));
}

/** Finds the key role of a key; `null` when the trust root does not know it. */
export function keyRoleOf(trustRoot: TrustRoot, keyid: string): KeyRole | null {
  return trustRoot.keyRoles.find(({ keyids }) => keyids.includes(keyid))?.name ?? null;
}

/**
 * Lists what makes a document of the right shape unfit as a trust root, as sentences; empty when it is
 * fit. A key may be in one key role only, so that no key can both decide and carry out (P1).
 */
export function trustRootDefects(trustRoot: TrustRoot): readonly string[] {
  return [...keyDefects(trustRoot), ...keyRoleDefects(trustRoot)];
}

function keyDefects({ keys }: TrustRoot): readonly string[] {
  const repeated = keys.length - new Set(keys.map(({ keyid }) => keyid)).size;
  return [
    ...(repeated > 0 ? ["a key is listed twice"] : []),
    ...keys.flatMap(({ keyid, publicKey }) => {
      if (decodeBase64(publicKey) === null || readPublicKey(publicKey) === null) {
        return [`the public key of ${keyid} is not an Ed25519 key as base64 SPKI DER`];
      }
      if (keyidOf(publicKey) !== keyid) return [`the keyid ${keyid} is not the digest of its key`];
      return [];
    }),
  ];
}

function keyRoleDefects({ keys, keyRoles }: TrustRoot): readonly string[] {
  const known = new Set(keys.map(({ keyid }) => keyid));
  const named = keyRoles.flatMap(({ keyids }) => [...keyids]);
  const roles: readonly KeyRole[] = ["root", "decision", "execution"];
  return [
    ...roles
      .filter((role) => keyRoles.filter(({ name }) => name === role).length !== 1)
      .map((role) => `the key role ${role} must be there exactly once`),
    ...(named.length === new Set(named).size ? [] : ["a key is in more than one key role"]),
    ...named.filter((keyid) => !known.has(keyid)).map((keyid) => `${keyid} is not in keys`),
    ...keyRoles
      .filter(({ threshold, keyids }) => !(threshold >= 1 && threshold <= keyids.length))
      .map(({ name }) => `the threshold of ${name} must be between 1 and the number of its keys`),
  ];
}
