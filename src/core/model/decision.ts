import type { Finding } from "./finding.ts";
import type { Denial, Exclusion, Fingerprint, Route } from "./fingerprint.ts";
import type { ApprovingRole, PullKind } from "./names.ts";

/**
 * The verdict with everything that led to it. Deny overrides: a violated or indeterminate finding
 * makes it `denied`, then a pending one `pending`; only when every finding is satisfied, and there is
 * at least one, is it `approved`.
 */
export interface Decision {
  readonly rules: RulesVersion;
  readonly verdict: Verdict;
  readonly kind: PullKind | "mixed";
  readonly pull: number;
  readonly baseRef: string;
  readonly head: string;
  readonly findings: readonly Finding[];
  /** Every review by a person and what became of it, in the order of submission. */
  readonly reviews: readonly ReviewJudgement[];
  /** The reviews that fill the steps; empty unless approved. */
  readonly approvals: readonly CountedApproval[];
  /** Digests of what the decision rests on (`sha256:…`); `null` where it could not be read. */
  readonly digests: DecisionDigests;
  /** Present when the request could be parsed. */
  readonly request: DecidedRequest | null;
  /** Links it to other pull requests; `null` unless a request for somebody and something that governance knows. */
  readonly fingerprint: Fingerprint | null;
  /** Whose approval can count, by role; empty when nobody's can or the fingerprint is `null`. */
  readonly route: Route;
  /** Denials in force, of this and of linked pull requests. */
  readonly denials: readonly Denial[];
  /** Everybody excluded since the fingerprint was opened; later decisions add to it and take nothing away. */
  readonly excluded: readonly Exclusion[];
  /** Why somebody has to look at it again after the access has ended; empty when nobody has to. */
  readonly reviewAfterwards: readonly string[];
  /** How soon after the end that must have happened; `null` when nobody has to. */
  readonly reviewWithinSeconds: number | null;
  /** For a removal: the names of the requests whose files it deletes. */
  readonly removes: readonly string[];
  /** No merge and no activation at or after it (ISO 8601); `null` unless approved and a request. */
  readonly notAfter: string | null;
}

export type Verdict = "approved" | "pending" | "denied";

/** Version of the rule set. The same version gives the same decision for ever. */
export type RulesVersion = "3";

export interface ReviewJudgement {
  readonly review: number;
  readonly login: string;
  /** Name in people.yaml; `null` when it names no such account. */
  readonly person: string | null;
  readonly state: string;
  readonly counts: "yes" | "no";
  readonly code: string;
  readonly reason: string;
}

export interface CountedApproval {
  readonly review: number;
  readonly principal: number;
  readonly login: string;
  readonly person: string;
  readonly role: ApprovingRole;
  readonly commit: string;
  readonly submittedAt: string;
  /** Whose role it is, where somebody acts for somebody else; `null` for who holds it. */
  readonly actsFor: { readonly from: string; readonly until: string } | null;
}

export interface DecisionDigests extends GovernanceDigests {
  readonly content: string | null;
}

export interface GovernanceDigests {
  readonly roles: string | null;
  readonly people: string | null;
  readonly policy: string | null;
  readonly catalogue: string | null;
}

/** What exactly was decided on: the executor provisions this and nothing else. */
export interface DecidedRequest {
  readonly kind: "AccessRequest" | "BreakGlassRequest" | "AccessExtension";
  readonly name: string;
  readonly path: string;
  readonly digest: string;
  readonly requester: string;
  readonly beneficiary: {
    readonly kind: "human" | "service-account" | "agent";
    readonly name: string;
  };
  /** The beneficiary's name at the target, from people.yaml. */
  readonly identity: string;
  readonly target: string;
  readonly provider: string;
  readonly entitlement: string;
  /** The name of the permission at the target, from the catalogue. */
  readonly permission: string;
  readonly tier: string;
  readonly durationSeconds: number;
  readonly activateBy: string | null;
  /** The incident, as `owner/repository#number`, for an emergency. */
  readonly incident: string | null;
}
