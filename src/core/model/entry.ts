import type { Account } from "./account.ts";
import type { AskedCommand, CommandOutcome, EndingCause } from "./command.ts";
import type { Decision, GovernanceDigests } from "./decision.ts";
import type { IncidentFacts } from "./emergency.ts";
import type { DriftMode, DriftOutcome, DriftResponse, DriftSighting, Held } from "./drift.ts";
import type { Fingerprint, Route } from "./fingerprint.ts";
import type { TrustRootSignature } from "./governance.ts";
import type { Grant, ReadBack, Usage } from "./grant.ts";
import type { Snapshot } from "./snapshot.ts";
import type { TrustRoot } from "../../generated/trust-root.ts";

/** The two ledgers: one linear branch a writing identity. */
export type LedgerBranch = "audit/decisions" | "audit/executions";

/**
 * Every entry type with its payload. `inputs` is what the writer was given, `result` what came of it.
 * The decision key signs the first group only, the execution key the last only; a checkpoint is signed by the key of
 * its branch.
 */
export interface EntryPayloads {
  // audit/decisions
  "trust-root": {
    /** The first has no signatures: it is believed for its pinned digest. */
    inputs: { trustRoot: TrustRoot; main: string; signatures?: readonly TrustRootSignature[] };
    result: { digest: string };
  };
  request: {
    inputs: { pull: number; head: string; path: string; digest: string; author: Account | null };
    /** One for each fingerprint that the PR ever had; the first of a name claims it. */
    result: { name: string; fingerprint: Fingerprint | null; route: Route; governance: string };
  };
  /** Who moved the branch of a PR, as a webhook showed it: the forge's activity may be late or not offered. */
  "push-observed": {
    inputs: {
      branch: string;
      before: string | null;
      after: string | null;
      actor: Account;
      at: string;
    };
    result: Record<string, never>;
  };
  "approval-observed": {
    inputs: {
      pull: number;
      review: number;
      reviewer: Account;
      state: string;
      commit: string;
      baseRef: string;
      submittedAt: string;
    };
    /** Governance as it was then, by its digests: what the reviewer could have read. */
    result: { contentDigest: string; governance: GovernanceDigests };
  };
  /**
   * A review was dismissed or its text edited, as a webhook showed it. A type of its own, because it is no proof of
   * what anybody saw: nothing reads it to count an approval or to lift a denial.
   */
  "review-changed": {
    inputs: {
      pull: number;
      review: number;
      reviewer: Account;
      change: "dismissed" | "edited";
      /** Who did it; `null` when the webhook did not say. */
      by: Account | null;
      state: string;
      commit: string;
    };
    result: Record<string, never>;
  };
  /** `decidedAt` is the `now` that decide() was given: with it the decision can be made again exactly. */
  decision: {
    inputs: { snapshot: Snapshot; decidedAt: string };
    result: { decision: Decision };
  };
  merge: {
    /** `decision` is the digest of the decision entry. */
    inputs: { pull: number; decision: string; head: string; mergeCommit: string };
    result: { kind: "request" | "removal" | "policy"; requests: readonly string[] };
  };
  /** A command in a comment, carried out or refused; with the snapshot it can be judged again. */
  command: {
    inputs: { pull: number; asked: AskedCommand; snapshot: Snapshot; decidedAt: string };
    result: CommandOutcome;
  };
  /** A request is over before its time, for good: no grant of it begins, and one in effect is revoked. */
  ending: {
    inputs: {
      request: string;
      path: string;
      pull: number;
      /** `null`: the account that closed the incident is gone. */
      by: Account | null;
      /** `null`: no command asked for it, but a removal or the end of the incident. */
      comment: number | null;
      /** The incident as it was seen, when its end is the cause. */
      incident: IncidentFacts | null;
    };
    result: { cause: EndingCause; reason: string };
  };
  /** A request whose approvals did not come in time. */
  "expired-unapproved": {
    inputs: { pull: number; request: string; decision: string };
    result: Record<string, never>;
  };
  /** A later step of the fallback chain came open for an emergency: from now on these people count, too. */
  "chain-step": {
    inputs: { pull: number; request: string; step: number };
    result: { opensAt: string; people: readonly string[] };
  };
  /** Access has ended of which somebody has to say whether it was justified. */
  "review-opened": {
    inputs: { request: string; path: string; pull: number; decision: string };
    result: { issue: number; due: string; reasons: readonly string[] };
  };
  lapsed: { inputs: { request: string; decision: string }; result: { notAfter: string } };
  revert: {
    inputs: { request: string; path: string; cause: RevertCause };
    result: { pull: number; branch: string };
  };
  violation: {
    inputs: {
      pull: number | null;
      commit: string | null;
      request: string | null;
      /** Governed files that it touches: whatever they ask for stands still until somebody clears it. */
      paths: readonly string[];
      /** Who had a part in it beside those of its PR; `null`: who did it is not known, so nobody is known to be without one. */
      by: readonly Account[] | null;
    };
    result: { code: string; detail: string };
  };
  // audit/decisions and audit/executions, each about its own branch
  /**
   * How far a ledger was on a day (UTC), once a day while its writer runs: a quiet one is anchored by it too. `head` is
   * the newest entry that its writer had seen, `null` on an empty branch; entries of the same push may stand between.
   */
  checkpoint: {
    inputs: { date: string; head: ObservedHead | null };
    result: { entries: number };
  };
  // audit/executions
  "grant-intent": {
    inputs: { decision: string; merge: string; approvals: readonly number[] };
    result: { grant: Grant };
  };
  grant: { inputs: { intent: string; grant: Grant }; result: { readBack: ReadBack } };
  "grant-failed": {
    inputs: { request: string; decision: string; intent: string | null };
    result: { code: string; detail: string };
  };
  "revoke-intent": { inputs: { grant: Grant; cause: RevokeCause }; result: Record<string, never> };
  revoke: { inputs: { intent: string; grant: Grant }; result: { readBack: ReadBack } };
  "revoke-failed": {
    inputs: { intent: string; grant: Grant };
    result: { detail: string; readBack: ReadBack | null };
  };
  "externally-removed": { inputs: { grant: Grant }; result: { readBack: ReadBack } };
  /**
   * What a target held that no grant explained when identities and permissions were looked at together for the first
   * time: it is left alone for good (K14). What is not in `held` was seen not to be held.
   */
  "drift-baseline": {
    inputs: {
      target: string;
      at: string;
      identities: readonly string[];
      permissions: readonly string[];
    };
    result: { held: readonly Held[] };
  };
  /** Access that came after the baseline and that no grant explains. Written before anything is done about it; it grants nothing. */
  drift: {
    inputs: DriftSighting;
    result: { mode: DriftMode; response: DriftResponse; readBack: ReadBack };
  };
  /** What became of a drift, or of a part of the baseline. `failed`: it is still held, or may be. */
  "drift-outcome": {
    inputs: DriftSighting;
    result: { outcome: DriftOutcome; detail: string; readBack: ReadBack | null };
  };
  /** How access that is reviewed afterwards was used, as far as the target tells. */
  usage: { inputs: { grant: Grant }; result: Usage };
  "nothing-to-do": {
    inputs: { grant: Grant; intent: string };
    result: { detail: string; readBack: ReadBack };
  };
}

export type EntryType = keyof EntryPayloads;

export type RevertCause = "expired" | "lapsed" | "removed";
/** `revoked`: somebody ended it early. `incident-closed`: the emergency is over. `failed-grant`: the provisioning did not complete, so what it may have left is taken out. */
export type RevokeCause =
  "expired" | "voided" | "file-removed" | "failed-grant" | "revoked" | "incident-closed";

/** An entry before it is chained and signed. */
export type EntryDraft = { readonly [T in EntryType]: Draft<T> }[EntryType];

export interface Draft<T extends EntryType> {
  readonly type: T;
  /** The same key is never written twice on a branch; a second append returns the first entry. */
  readonly idempotencyKey: string;
  /** One line for people reading `git log`; without authority. */
  readonly summary: string;
  readonly delivery: string | null;
  readonly inputs: EntryPayloads[T]["inputs"];
  readonly result: EntryPayloads[T]["result"];
}

/** An entry as read from a branch after its signature and its place in the chain were verified. */
export type Entry = { readonly [T in EntryType]: EntryOf<T> }[EntryType];

export interface EntryOf<T extends EntryType> {
  readonly type: T;
  readonly branch: LedgerBranch;
  readonly seq: number;
  /** `sha256:…` of this statement's bytes: how other entries name it. */
  readonly digest: string;
  readonly prev: string | null;
  readonly prevBySigner: string | null;
  readonly observedPeer: ObservedHead | null;
  readonly at: string;
  readonly idempotencyKey: string;
  readonly delivery: string | null;
  readonly keyid: string;
  /** Oid of the ledger commit that carries it. */
  readonly commit: string;
  readonly inputs: EntryPayloads[T]["inputs"];
  readonly result: EntryPayloads[T]["result"];
}

/** An entry as a writer had seen it: the newest of the other ledger or, in a checkpoint, of its own. */
export interface ObservedHead {
  readonly seq: number;
  readonly digest: string;
}
