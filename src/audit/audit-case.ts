import type { AuditFinding } from "./audit-report.ts";
import type { AnchorTrailers } from "../core/attest/anchor-trailers.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import type { SignatureVerdict } from "../core/attest/openpgp/verify-detached.ts";
import type { Entry } from "../core/model/entry.ts";

/** Everything the rules judge: read once, changed by none. */
export interface AuditCase {
  /** The entries that verified; one that did not proves nothing. */
  readonly view: LedgerView;
  /** Number of the newest entry of audit/decisions, whether or not it verified; -1 without any. */
  readonly newestDecision: number;
  /** Commits of the governed branch since the trust root that change a governed path, oldest first. */
  readonly governed: readonly GovernedCommit[];
  /** Merge commits of the governed branch since the trust root that name the ledger, oldest first. */
  readonly anchors: readonly Anchor[];
  readonly now: Date;
}

/** A commit on the first-parent line of the governed branch. */
export interface GovernedCommit {
  readonly oid: string;
  readonly parents: readonly string[];
  readonly paths: readonly string[];
  /** Digest of what it does to governed paths, to be held against a decision's. */
  readonly contentDigest: string | null;
}

/** A merge commit whose message names a decision and the length of the ledger. */
export interface Anchor extends AnchorTrailers {
  readonly oid: string;
  readonly parents: readonly string[];
  readonly signature: AnchorSignature;
}

/** What is known about who signed an anchor; everything but `good` and `bad` says nothing. */
export type AnchorSignature =
  SignatureVerdict | { readonly outcome: "not-signed" | "not-looked-at"; readonly reason: string };

/** A check of the evidence: pure, complete over the whole case, silent when everything holds. */
export type AuditRule = (given: AuditCase) => readonly AuditFinding[];

/**
 * A check of one entry by itself, as it passes: pure, silent when it holds. Only here is the whole recorded snapshot at hand:
 * see `letGo`.
 */
export type EntryRule = (entry: Entry) => readonly AuditFinding[];
