import { keyidOf } from "./trust-root.ts";
import type { KeyRole } from "./trust-root.ts";
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
