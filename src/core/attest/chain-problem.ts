import type { LedgerBranch } from "../model/entry.ts";

/** One thing that is wrong with one entry of a ledger. */
export interface ChainProblem {
  readonly code: ChainProblemCode;
  readonly branch: LedgerBranch;
  /** The number the entry claims, or its place in the branch when it cannot be read. */
  readonly seq: number;
  readonly commit: string;
  /** One sentence for a person. */
  readonly detail: string;
  /** What is not in the ledger for this reason, or by this entry's word. */
  readonly lost?: LostEntries;
}

/** Entries that should stand right before an entry and do not. */
export interface LostEntries {
  readonly count: number;
  /** Of the last of them. */
  readonly digest: string;
}

/** Everything that can be wrong with an entry; stable, for machines. */
export type ChainProblemCode =
  // the commit
  | "not-one-file"
  | "wrong-parents"
  | "trailers-disagree"
  | "message-forged"
  // the envelope and its signatures
  | "envelope-malformed"
  | "key-unknown"
  | "signature-invalid"
  | "key-repeated-in-envelope"
  | "wrong-key-role"
  | "key-retired"
  | "too-few-signatures"
  // the payload
  | "payload-not-json"
  | "payload-duplicate-key"
  | "payload-not-canonical"
  | "statement-malformed"
  | "unknown-type"
  | "wrong-branch"
  | "subject-disagrees"
  // the chain
  | "entry-missing"
  | "entry-moved"
  | "entry-replayed"
  | "wrong-seq"
  | "wrong-prev"
  | "wrong-prev-by-signer"
  | "key-reused"
  | "back-dated"
  | "peer-backwards"
  | "peer-ahead"
  | "peer-disagrees"
  | "ledger-rewritten"
  // the trust root
  | "trust-root-missing"
  | "trust-root-malformed"
  | "trust-root-unexpected"
  // a trust root that does not follow the one before
  | "trust-root-of-another-repository"
  | "trust-root-version-skipped"
  | "trust-root-previous-differs"
  | "trust-root-key-in-another-role"
  | "trust-root-signed-twice"
  | "trust-root-signer-unfit"
  | "trust-root-signature-invalid"
  | "trust-root-too-few-signatures"
  | "trust-root-not-accepted"
  | "trust-root-key-unproved";

/** What is wrong with an entry, before it is known where. */
export interface Defect {
  readonly code: ChainProblemCode;
  readonly detail: string;
  readonly lost?: LostEntries;
}
