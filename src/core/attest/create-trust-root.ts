import { keyidOf, trustRootDigest } from "./trust-root.ts";
import type { KeyRole } from "./trust-root.ts";
import type { TrustRoot as GivenTrustRoot } from "../model/governance.ts";
import type { TrustRoot } from "../../generated/trust-root.ts";

/** What a trust root is made of. Public keys are base64 SPKI DER. */
export interface TrustRootParts {
  readonly repositoryId: number;
  readonly governedBranch: string;
  readonly publicKeys: { readonly [R in KeyRole]: string };
}

/** Forms the first trust root of a repository: one key a key role, each signing alone. */
export function createTrustRoot(parts: TrustRootParts): TrustRoot {
  const { repositoryId, governedBranch, publicKeys } = parts;
  const named = (["root", "decision", "execution"] as const).map((name) => ({
    name,
    publicKey: publicKeys[name],
    keyid: keyidOf(publicKeys[name]),
  }));
  return {
    apiVersion: "countersign/v1",
    kind: "TrustRoot",
    version: 1,
    repository: { id: repositoryId, governedBranch },
    keys: named.map(({ keyid, publicKey }) => ({ keyid, algorithm: "ed25519", publicKey })),
    keyRoles: named.map(({ name, keyid }) => ({ name, threshold: 1, keyids: [keyid] })),
  };
}

/** What the next trust root has otherwise; what is left out stays as it is. */
export interface TrustRootChanges {
  /** All public keys of a key role as they shall be, as base64 SPKI DER. */
  readonly publicKeys: { readonly [R in KeyRole]?: readonly string[] };
  /** How many root keys shall have to sign. */
  readonly rootThreshold?: number;
}

/** Forms the trust root that follows another one. Whether it is fit, and who signed it, is another question. */
export function nextTrustRoot(before: GivenTrustRoot, changes: TrustRootChanges): TrustRoot {
  const roles = before.keyRoles.map(({ name, threshold, keyids }) => ({
    name,
    threshold: name === "root" ? (changes.rootThreshold ?? threshold) : threshold,
    publicKeys:
      changes.publicKeys[name] ??
      before.keys.filter((key) => keyids.includes(key.keyid)).map((key) => key.publicKey),
  }));
  const publicKeys = [...new Set(roles.flatMap((role) => role.publicKeys))];
  return {
    ...before,
    version: before.version + 1,
    previous: trustRootDigest(before),
    keys: publicKeys.map((publicKey) => ({
      keyid: keyidOf(publicKey),
      algorithm: "ed25519",
      publicKey,
    })),
    keyRoles: roles.map((role) => ({
      ...{ name: role.name, threshold: role.threshold },
      keyids: [...new Set(role.publicKeys.map(keyidOf))],
    })),
  };
}
