import type { LifeState } from "../core/plan/request-life.ts";
import type { ReviewState } from "../core/plan/review-states.ts";
import type { KeyRole } from "../core/attest/trust-root.ts";
import type { EntryType, LedgerBranch } from "../core/model/entry.ts";

/** What an auditor gets: what was read, and everything in it that does not hold. */
export interface AuditReport {
  readonly root: { readonly digest: string; readonly trustedBy: "pin" };
  readonly mode: AuditMode;
  /** Decisions and commands from before were not repeated; `null`: all were. */
  readonly since: string | null;
  readonly repository: { readonly id: number; readonly governedBranch: string } | null;
  /** Tip of the governed branch that was audited. */
  readonly main: string | null;
  /** The first, which the auditor brought the hash of, and every one that followed it. */
  readonly trustRoots: readonly TrustRootUse[];
  readonly heads: readonly LedgerHead[];
  readonly entries: readonly { readonly type: EntryType; readonly count: number }[];
  readonly signatures: readonly KeyUse[];
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly requests: readonly { readonly state: LifeState; readonly count: number }[];
  /** Violations that a named person has cleared; those that nobody has are findings. */
  readonly cleared: readonly ClearedViolation[];
  /** Reviews that were asked for after access had ended. One that is overdue is no finding: the record is as it should be. */
  readonly reviews: readonly ReviewState[];
  readonly anchors: AnchorSummary;
  readonly findings: readonly AuditFinding[];
  /** Why the clone could not be verified completely; one of them is enough never to say yes. */
  readonly doubts: readonly string[];
}

/** How far merge commits, which the forge signs, bear the ledger out. */
export interface AnchorSummary {
  /** Merge commits that name the ledger and agree with it. */
  readonly held: number;
  /** How many of the anchors have a signature that was judged: a bad one is a finding. */
  readonly signaturesChecked: number;
  /** Why the others were not judged. */
  readonly unchecked: readonly { readonly reason: string; readonly count: number }[];
  /** Recorded merges that name no ledger, because a person merged by hand. */
  readonly mergesWithout: number;
}

export interface ClearedViolation {
  readonly seq: number;
  readonly pull: number | null;
  readonly code: string;
  readonly by: string;
  readonly at: string;
}

/** Whose keys counted, and from which entries on. */
export interface TrustRootUse {
  readonly version: number;
  readonly digest: string;
  /** First entry of each ledger for which it is in force. */
  readonly decisionsFrom: number;
  readonly executionsFrom: number;
  readonly keyRoles: readonly {
    readonly name: KeyRole;
    readonly threshold: number;
    readonly keyids: readonly string[];
  }[];
}

export interface LedgerHead {
  readonly branch: LedgerBranch;
  readonly seq: number;
  readonly digest: string;
  readonly commit: string;
}

export interface KeyUse {
  readonly keyid: string;
  readonly keyRole: KeyRole | "unknown";
  readonly count: number;
}

/** One thing that does not hold, with what an auditor needs to see it with their own eyes. */
export interface AuditFinding {
  /** Stable, kebab-case. */
  readonly code: string;
  readonly severity: "violation" | "warning";
  readonly branch: LedgerBranch | null;
  readonly seq: number | null;
  /** Commit of the ledger entry, or of the governed branch when no entry is concerned. */
  readonly commit: string | null;
  readonly pull: number | null;
  readonly file: string | null;
  readonly expected: string;
  readonly actual: string;
  /** One git command that shows the evidence. */
  readonly command: string;
  /** Commits, beside its own, that it is about. */
  readonly names: readonly string[];
  /** The entry that it looked for and did not find; `null` when it did not look for one. */
  readonly lacks: LackedEntry | null;
  /** What would be well if this were well: shown beneath it and not counted. */
  readonly consequences: readonly AuditFinding[];
}

/** An entry that something names and that is not in its ledger. */
export interface LackedEntry {
  readonly branch: LedgerBranch;
  readonly digest: string;
}

/**
 * `full` judges everything. `chain` verifies that both ledgers are whole: every entry in its place and the last signature of
 * each key, which stands for all before it; what the entries say is not judged.
 */
export type AuditMode = "full" | "chain";
