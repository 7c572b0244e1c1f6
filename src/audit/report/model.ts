import type { AuditFinding, AuditReport, LedgerHead } from "../audit-report.ts";
import type { ReviewOutcome } from "../../core/model/command.ts";
import type { EntryType, RevokeCause } from "../../core/model/entry.ts";
import type { LifeState } from "../../core/plan/request-life.ts";

/** Name and version of the format, for programs that read the JSON. A member that changes its meaning is a new version. */
export const reportSchema = "countersign/audit-report/v1";

/**
 * What an auditor reads about a period. Every instant is ISO 8601 in UTC, every duration is in seconds. It states what is on
 * record and verified; what could not be verified gives no report at all.
 */
export interface PeriodReport {
  readonly schema: typeof reportSchema;
  readonly repository: AuditReport["repository"];
  /** Tip of the governed branch that was audited. */
  readonly main: string | null;
  readonly root: AuditReport["root"];
  readonly heads: readonly LedgerHead[];
  readonly period: ReportPeriod;
  /** Of the whole record and not of the period alone: whoever reads about a week must know that the ledger was cut before it. */
  readonly findings: readonly AuditFinding[];
  /** Entries of the period by type. */
  readonly entries: readonly EntryCount[];
  readonly states: readonly { readonly state: LifeState; readonly count: number }[];
  readonly requests: readonly ReportedRequest[];
  readonly timeToApprove: DurationFigures;
  readonly timeToRevoke: DurationFigures;
  readonly exceptions: readonly ReportedException[];
  readonly emergencies: readonly ReportedEmergency[];
  readonly reviews: readonly ReportedReview[];
  readonly reroutes: readonly ReportedReroute[];
  readonly refusedCommands: readonly RefusedCommand[];
  readonly delegations: readonly UsedDelegation[];
  readonly overdueRevokes: readonly OverdueRevoke[];
  readonly failedRevokes: readonly FailedRevoke[];
  readonly reciprocity: readonly MutualApproval[];
  readonly violations: readonly ReportedViolation[];
  readonly controls: readonly ControlEvidence[];
  /** In the order of time, without gaps, from the beginning of the period to its end. */
  readonly grantsInEffect: readonly GrantLevel[];
  readonly revokeSpread: readonly RevokeBand[];
}

/** Half-open: an entry of the instant `to` is of the next period. */
export interface ReportPeriod {
  readonly from: string;
  readonly to: string;
}

export interface EntryCount {
  readonly type: EntryType;
  readonly count: number;
}

/** How long something took; `null` where nothing was measured. */
export interface DurationFigures {
  readonly count: number;
  readonly medianSeconds: number | null;
  /** Nine of ten took at most as long. */
  readonly p90Seconds: number | null;
  readonly longestSeconds: number | null;
}

/** A request that something happened to in the period, or that was not over at its end. */
export interface ReportedRequest {
  readonly request: string;
  readonly pull: number;
  /** Where it stood at the end of the period. */
  readonly state: LifeState;
  /** `null` before the first decision that could read it. */
  readonly access: ReportedAccess | null;
  readonly askedAt: string;
  /** Login of who opened the pull request; `null` when the account is gone. */
  readonly askedBy: string | null;
  /** When the decision that it was merged by was on record, or the newest approval of what was not merged. */
  readonly approvedAt: string | null;
  readonly approvals: readonly ReportedApproval[];
  readonly secondsToApprove: number | null;
  readonly mergedAt: string | null;
  readonly startsAt: string | null;
  readonly expiresAt: string | null;
  /** When the target was read back without it. */
  readonly goneAt: string | null;
  readonly revokeCause: RevokeCause | null;
  /** From when it should have ended to when it was read back as gone. */
  readonly secondsToRevoke: number | null;
}

export interface ReportedAccess {
  readonly kind: string;
  readonly requester: string;
  readonly beneficiary: string;
  readonly target: string;
  readonly entitlement: string;
  readonly tier: string;
  readonly incident: string | null;
}

export interface ReportedApproval {
  readonly person: string;
  readonly role: string;
  /** Whose role it is, where somebody acted for somebody else. */
  readonly actsFor: string | null;
}

/** A conflict of duties that was accepted for once. */
export interface ReportedException {
  readonly request: string;
  readonly pull: number;
  readonly mergedAt: string;
  readonly conflict: string;
  /** As the request says it; `null` when the request names none. */
  readonly reason: string | null;
  readonly compensatingControls: readonly string[];
  readonly approvals: readonly ReportedApproval[];
}

export interface ReportedEmergency {
  readonly request: string;
  readonly pull: number;
  readonly mergedAt: string;
  readonly incident: string | null;
  readonly requester: string;
  readonly beneficiary: string;
  readonly target: string;
  readonly entitlement: string;
  readonly reason: string | null;
  readonly compensatingControls: readonly string[];
  readonly approvals: readonly ReportedApproval[];
  /** Later steps of the fallback chain that came open. */
  readonly steps: readonly {
    readonly step: number;
    readonly opensAt: string;
    readonly people: readonly string[];
  }[];
  readonly startsAt: string | null;
  readonly goneAt: string | null;
  /** `null` while the access is not over, or when it never began. */
  readonly review: ReportedReview | null;
}

/** Somebody has to say whether access was justified. */
export interface ReportedReview {
  readonly request: string;
  readonly pull: number;
  readonly reasons: readonly string[];
  /** `null` while no issue could be opened for it. */
  readonly issue: number | null;
  readonly askedAt: string | null;
  readonly due: string;
  readonly state: "due" | "overdue" | ReviewOutcome;
  readonly by: string | null;
  readonly at: string | null;
}

export interface ReportedReroute {
  readonly pull: number;
  readonly request: string | null;
  readonly at: string;
  readonly until: string;
  readonly role: string;
  readonly tier: string;
  readonly from: string;
  readonly to: string;
  readonly by: string;
  readonly reason: string;
  readonly ticket: string;
  readonly basis: string;
  readonly confirmation: "needed" | "not-needed";
  readonly confirmedBy: string | null;
  readonly confirmedAt: string | null;
}

export interface RefusedCommand {
  readonly pull: number;
  readonly at: string;
  readonly by: string;
  readonly text: string;
  readonly code: string;
  readonly reason: string;
}

/** An approval of something merged that somebody gave for somebody else. */
export interface UsedDelegation {
  readonly pull: number;
  readonly request: string | null;
  readonly mergedAt: string;
  readonly role: string;
  readonly from: string;
  readonly to: string;
  readonly until: string;
}

/** Access that should be over and was not read back as gone by the end of the period. */
export interface OverdueRevoke {
  readonly request: string;
  readonly target: string;
  readonly identity: string;
  readonly permission: string;
  readonly due: string;
  readonly overdueSeconds: number;
  readonly failedAttempts: number;
}

export interface FailedRevoke {
  readonly request: string;
  readonly target: string;
  readonly identity: string;
  readonly permission: string;
  readonly at: string;
  readonly seq: number;
  readonly detail: string;
  /** When it was gone after all; `null` while it was not. */
  readonly goneAt: string | null;
}

/** Two people who approved each other's requests. */
export interface MutualApproval {
  readonly people: readonly [string, string];
  /** What the first approved of the second's, and the other way round. */
  readonly given: readonly ApprovedFor[];
  readonly returned: readonly ApprovedFor[];
}

export interface ApprovedFor {
  readonly pull: number;
  readonly at: string;
}

export interface ReportedViolation {
  readonly seq: number;
  readonly at: string;
  readonly pull: number | null;
  readonly code: string;
  readonly detail: string;
  /** `null` while nobody has cleared it. */
  readonly cleared: { readonly by: string; readonly at: string; readonly text: string } | null;
}

/** A control and the entries that prove it. */
export interface ControlEvidence {
  readonly framework: string;
  readonly control: string;
  readonly title: string;
  /** How the entries prove it. */
  readonly evidence: string;
  readonly entries: readonly EntryCount[];
  readonly total: number;
}

/** A span in which as many grants were in effect. */
export interface GrantLevel {
  readonly from: string;
  readonly to: string;
  /** The most at one time in the span. */
  readonly most: number;
}

/** How many accesses took so long to be gone; `upToSeconds` is inclusive, `null` has no upper end. */
export interface RevokeBand {
  readonly upToSeconds: number | null;
  readonly count: number;
}
