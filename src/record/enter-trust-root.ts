import type { Ledger } from "./ledger.ts";
import { trustRootDigest } from "../core/attest/trust-root.ts";
import type { TrustRoot, TrustRootSignature } from "../core/model/governance.ts";
import type { TrustRoot as GeneratedTrustRoot } from "../generated/trust-root.ts";

/** The next trust root as it stands on the governed branch. */
export interface SignedTrustRoot {
  readonly trustRoot: TrustRoot;
  readonly signatures: readonly TrustRootSignature[];
  /** Commit of the governed branch that has it. */
  readonly main: string;
}

/**
 * Enters the next trust root: from the next entry on its keys are in force. Where the decision key changes, this is the last entry that the
 * key of before signs. Repeatable. Throws what `sync` and `append` throw; DraftRefused when its signatures do not carry it.
 */
export async function enterTrustRoot(ledger: Ledger, signed: SignedTrustRoot): Promise<void> {
  const { trustRoot, signatures, main } = signed;
  // What the executor wrote until now is believed under its old key, as far as this entry has seen it.
  await ledger.sync();
  await ledger.append([
    {
      type: "trust-root",
      idempotencyKey: `trust-root:${trustRoot.version}`,
      summary: `keys of repository ${trustRoot.repository.id}, version ${trustRoot.version}`,
      delivery: null,
      inputs: { trustRoot: trustRoot as GeneratedTrustRoot, main, signatures },
      result: { digest: trustRootDigest(trustRoot) },
    },
  ]);
}
