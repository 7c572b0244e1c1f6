import { memorySigner } from "../../../src/adapters/memory/memory-signer.ts";
import { createTrustRoot } from "../../../src/core/attest/create-trust-root.ts";
import { trustRootDigest } from "../../../src/core/attest/trust-root.ts";
import type { TrustRoot } from "../../../src/generated/trust-root.ts";
import type { Signer } from "../../../src/ports/signer.ts";

/** The keys of one repository, and the trust root that names them. */
export interface AcmeKeys {
  readonly root: Signer;
  readonly decision: Signer;
  readonly execution: Signer;
  readonly trustRoot: TrustRoot;
  readonly rootDigest: string;
}

/** Makes new keys for the repository acme/access. */
export function acmeKeys(): AcmeKeys {
  const [root, decision, execution] = [memorySigner(), memorySigner(), memorySigner()];
  const trustRoot = createTrustRoot({
    repositoryId: 700_001,
    governedBranch: "main",
    publicKeys: {
      root: root.publicKey,
      decision: decision.publicKey,
      execution: execution.publicKey,
    },
  });
  return { root, decision, execution, trustRoot, rootDigest: trustRootDigest(trustRoot) };
}
