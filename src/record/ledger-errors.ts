import type { LedgerBranch } from "../core/model/entry.ts";

/** Where a ledger stopped being believable. */
export interface BrokenAt {
  /** A code of `core/attest/chain-problem.ts`, or `rewritten`. */
  readonly code: string;
  readonly branch: LedgerBranch | null;
  readonly seq: number | null;
  readonly commit: string | null;
  readonly detail: string;
}

/**
 * A ledger failed verification. Not worth a retry, and sticky: a ledger that raised it once never
 * believes anything again, because good news after tampering proves nothing.
 */
export class LedgerBroken extends Error {
  override readonly name = "LedgerBroken";
  readonly at: BrokenAt;
  readonly code: string;

  constructor(at: BrokenAt, options?: ErrorOptions) {
    const place = `${at.branch ?? "ledger"}${at.seq === null ? "" : ` entry ${at.seq}`}`;
    const commit = at.commit === null ? "" : ` (commit ${at.commit})`;
    super(
      `${place}${commit}: ${at.code}: ${at.detail} Nothing is believed any more; run ` +
        "`countersign audit verify` on a fresh clone, find out who wrote it, then restart.",
      options,
    );
    this.at = at;
    this.code = at.code;
  }
}

/** The signer's key may not write this ledger. Not worth a retry: the message says what to configure. */
export class SignerNotTrusted extends Error {
  override readonly name = "SignerNotTrusted";
  /** `key-unknown`, `wrong-key-role` or `threshold`. */
  readonly code: SignerRefusal;

  constructor(code: SignerRefusal, message: string) {
    super(message);
    this.code = code;
  }
}

export type SignerRefusal = "key-unknown" | "wrong-key-role" | "threshold";

/** A trust root is malformed or not the expected one. Not worth a retry. */
export class TrustRootRefused extends Error {
  override readonly name = "TrustRootRefused";
}

/** A draft is not of its type's shape, so it was not signed. Not worth a retry: the caller is wrong. */
export class DraftRefused extends Error {
  override readonly name = "DraftRefused";
}
