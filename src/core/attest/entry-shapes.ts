import { decisionShape, governanceDigestsShape } from "./decision-shape.ts";
import { signatureShape } from "./dsse.ts";
import { incidentShape } from "./emergency-shape.ts";
import { fingerprintShape, routeShape } from "./fingerprint-shape.ts";
import {
  day,
  digest,
  instant,
  integer,
  list,
  nullable,
  object,
  oid,
  oneOf,
  optional,
  text,
} from "./shape.ts";
import type { Shape } from "./shape.ts";
import { accountShape } from "./account-shape.ts";
import { askedCommandShape, commandOutcomeShape, endingCauseShape } from "./command-shape.ts";
import { snapshotShape } from "./snapshot-shape.ts";
import { trustRootShape } from "./trust-root-shape.ts";
import type { DriftSighting, Held } from "../model/drift.ts";
import type { EntryPayloads, EntryType, ObservedHead } from "../model/entry.ts";
import type { TrustRootSignature } from "../model/governance.ts";
import type { Grant, ReadBack, Usage } from "../model/grant.ts";

type Inputs<T extends EntryType> = EntryPayloads[T]["inputs"];
type Result<T extends EntryType> = EntryPayloads[T]["result"];
type PayloadShape<T extends EntryType> = {
  readonly inputs: Shape<Inputs<T>>;
  readonly result: Shape<Result<T>>;
};

const grant = object<Grant>({
  id: text,
  request: text,
  path: text,
  target: text,
  entitlement: text,
  permission: text,
  beneficiary: text,
  identity: text,
  startsAt: instant,
  expiresAt: instant,
  preexisting: oneOf("yes", "no"),
});

const readBack = object<ReadBack>({ at: instant, identity: text, permissions: list(text) });
const detail = object<{ detail: string; readBack: ReadBack }>({ detail: text, readBack });
const intentAndGrant = object<{ intent: string; grant: Grant }>({ intent: digest, grant });
const codeAndDetail = object<{ code: string; detail: string }>({ code: text, detail: text });

const driftSighting = object<DriftSighting>({
  target: text,
  identity: text,
  permission: text,
  firstSeenAt: instant,
});

/** The shape of every entry type's payload: the compiler demands one for each. */
export const entryShapes: { readonly [T in EntryType]: PayloadShape<T> } = {
  "trust-root": {
    inputs: object<Inputs<"trust-root">>({
      trustRoot: trustRootShape,
      main: oid,
      // exactOptionalPropertyTypes: the phantom of an optional member cannot be spelled, only cast.
      signatures: optional(list(signatureShape)) as Shape<readonly TrustRootSignature[]>,
    }),
    result: object<Result<"trust-root">>({ digest }),
  },
  request: {
    inputs: object<Inputs<"request">>({
      pull: integer,
      head: oid,
      path: text,
      digest,
      author: nullable(accountShape),
    }),
    result: object<Result<"request">>({
      name: text,
      fingerprint: nullable(fingerprintShape),
      route: routeShape,
      governance: oid,
    }),
  },
  "push-observed": {
    inputs: object<Inputs<"push-observed">>({
      branch: text,
      before: nullable(oid),
      after: nullable(oid),
      actor: accountShape,
      at: instant,
    }),
    result: object<Result<"push-observed">>({}),
  },
  "approval-observed": {
    inputs: object<Inputs<"approval-observed">>({
      pull: integer,
      review: integer,
      reviewer: accountShape,
      state: text,
      commit: oid,
      baseRef: text,
      submittedAt: instant,
    }),
    result: object<Result<"approval-observed">>({
      contentDigest: text,
      governance: governanceDigestsShape,
    }),
  },
  "review-changed": {
    inputs: object<Inputs<"review-changed">>({
      pull: integer,
      review: integer,
      reviewer: accountShape,
      change: oneOf("dismissed", "edited"),
      by: nullable(accountShape),
      state: text,
      commit: oid,
    }),
    result: object<Result<"review-changed">>({}),
  },
  decision: {
    inputs: object<Inputs<"decision">>({ snapshot: snapshotShape, decidedAt: instant }),
    result: object<Result<"decision">>({ decision: decisionShape }),
  },
  merge: {
    inputs: object<Inputs<"merge">>({
      pull: integer,
      decision: digest,
      head: oid,
      mergeCommit: oid,
    }),
    result: object<Result<"merge">>({
      kind: oneOf("request", "removal", "policy"),
      requests: list(text),
    }),
  },
  command: {
    inputs: object<Inputs<"command">>({
      pull: integer,
      asked: askedCommandShape,
      snapshot: snapshotShape,
      decidedAt: instant,
    }),
    result: commandOutcomeShape,
  },
  ending: {
    inputs: object<Inputs<"ending">>({
      request: text,
      path: text,
      pull: integer,
      by: nullable(accountShape),
      comment: nullable(integer),
      incident: nullable(incidentShape),
    }),
    result: object<Result<"ending">>({ cause: endingCauseShape, reason: text }),
  },
  "expired-unapproved": {
    inputs: object<Inputs<"expired-unapproved">>({
      pull: integer,
      request: text,
      decision: digest,
    }),
    result: object<Result<"expired-unapproved">>({}),
  },
  "chain-step": {
    inputs: object<Inputs<"chain-step">>({ pull: integer, request: text, step: integer }),
    result: object<Result<"chain-step">>({ opensAt: instant, people: list(text) }),
  },
  "review-opened": {
    inputs: object<Inputs<"review-opened">>({
      request: text,
      path: text,
      pull: integer,
      decision: digest,
    }),
    result: object<Result<"review-opened">>({ issue: integer, due: instant, reasons: list(text) }),
  },
  lapsed: {
    inputs: object<Inputs<"lapsed">>({ request: text, decision: digest }),
    result: object<Result<"lapsed">>({ notAfter: instant }),
  },
  revert: {
    inputs: object<Inputs<"revert">>({
      request: text,
      path: text,
      cause: oneOf("expired", "lapsed", "removed"),
    }),
    result: object<Result<"revert">>({ pull: integer, branch: text }),
  },
  violation: {
    inputs: object<Inputs<"violation">>({
      pull: nullable(integer),
      commit: nullable(text),
      request: nullable(text),
      paths: list(text),
      by: nullable(list(accountShape)),
    }),
    result: codeAndDetail,
  },
  checkpoint: {
    inputs: object<Inputs<"checkpoint">>({
      date: day,
      head: nullable(object<ObservedHead>({ seq: integer, digest })),
    }),
    result: object<Result<"checkpoint">>({ entries: integer }),
  },
  "grant-intent": {
    inputs: object<Inputs<"grant-intent">>({
      decision: digest,
      merge: digest,
      approvals: list(integer),
    }),
    result: object<Result<"grant-intent">>({ grant }),
  },
  grant: { inputs: intentAndGrant, result: object<Result<"grant">>({ readBack }) },
  "grant-failed": {
    inputs: object<Inputs<"grant-failed">>({
      request: text,
      decision: digest,
      intent: nullable(digest),
    }),
    result: codeAndDetail,
  },
  "revoke-intent": {
    inputs: object<Inputs<"revoke-intent">>({
      grant,
      cause: oneOf(
        "expired",
        "voided",
        "file-removed",
        "failed-grant",
        "revoked",
        "incident-closed",
      ),
    }),
    result: object<Result<"revoke-intent">>({}),
  },
  revoke: { inputs: intentAndGrant, result: object<Result<"revoke">>({ readBack }) },
  "revoke-failed": {
    inputs: intentAndGrant,
    result: object<Result<"revoke-failed">>({ detail: text, readBack: nullable(readBack) }),
  },
  "externally-removed": {
    inputs: object<Inputs<"externally-removed">>({ grant }),
    result: object<Result<"externally-removed">>({ readBack }),
  },
  "drift-baseline": {
    inputs: object<Inputs<"drift-baseline">>({
      target: text,
      at: instant,
      identities: list(text),
      permissions: list(text),
    }),
    result: object<Result<"drift-baseline">>({
      held: list(object<Held>({ identity: text, permission: text })),
    }),
  },
  drift: {
    inputs: driftSighting,
    result: object<Result<"drift">>({
      mode: oneOf("observe", "warn", "enforce"),
      response: oneOf("observed", "warned", "taking-out", "kept-preexisting", "over-limit"),
      readBack,
    }),
  },
  "drift-outcome": {
    inputs: driftSighting,
    result: object<Result<"drift-outcome">>({
      outcome: oneOf("taken-out", "gone", "failed"),
      detail: text,
      readBack: nullable(readBack),
    }),
  },
  usage: {
    inputs: object<Inputs<"usage">>({ grant }),
    result: object<Usage>({
      samples: integer,
      used: integer,
      sessionsAtMost: integer,
      firstSeenAt: nullable(instant),
      lastSeenAt: nullable(instant),
    }),
  },
  "nothing-to-do": { inputs: intentAndGrant, result: detail },
};
