import { accountShape } from "./account-shape.ts";
import { emergencyShape, incidentShape, reviewRecordShape } from "./emergency-shape.ts";
import { endingCauseShape, namedPersonShape, rerouteShape } from "./command-shape.ts";
import {
  boolean,
  either,
  instant,
  integer,
  list,
  nullable,
  object,
  oid,
  oneOf,
  text,
} from "./shape.ts";
import type { Shape } from "./shape.ts";
import { denialShape, exclusionShape, fingerprintShape, routeShape } from "./fingerprint-shape.ts";
import { trustRootShape } from "./trust-root-shape.ts";
import type * as Model from "../model/snapshot.ts";

const person = object<Model.CommitPerson>({
  name: text,
  email: text,
  account: nullable(accountShape),
});

const commit = object<Model.CommitFacts>({
  oid,
  parents: list(oid),
  authors: list(person),
  committer: person,
  signedByForge: boolean,
  touchesGoverned: boolean,
});

const push = object<Model.PushFacts>({
  before: nullable(oid),
  after: nullable(oid),
  at: instant,
  actor: nullable(accountShape),
  touchesGoverned: boolean,
});

const change = object<Model.Change>({
  path: text,
  status: oneOf("added", "modified", "removed", "type-changed"),
  modeBefore: text,
  modeAfter: text,
  text: nullable(text),
  size: nullable(integer),
});

const review = object<Model.ReviewFacts>({
  id: integer,
  author: nullable(accountShape),
  state: oneOf("APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED"),
  submittedAt: instant,
  commit: nullable(oid),
  dismissal: nullable(
    object<Model.ReviewDismissal>({
      at: instant,
      by: nullable(accountShape),
      was: oneOf("APPROVED", "CHANGES_REQUESTED", "COMMENTED", "UNKNOWN"),
    }),
  ),
});

const heads = object<NonNullable<Model.PullEvent["heads"]>>({
  before: nullable(oid),
  after: nullable(oid),
});

const event = object<Model.PullEvent>({
  kind: oneOf("force-pushed", "base-changed", "closed", "reopened", "drafted", "ready"),
  at: instant,
  actor: nullable(accountShape),
  heads: nullable(heads),
});

const pull = object<Model.PullFacts>({
  number: integer,
  state: oneOf("open", "closed", "merged"),
  draft: boolean,
  crossRepository: boolean,
  author: nullable(accountShape),
  createdAt: instant,
  baseRef: text,
  headRef: text,
  headOid: oid,
  mergeBase: oid,
  mergedAt: nullable(instant),
  mergeCommit: nullable(oid),
  commits: list(commit),
  heads: list(oid),
  pushes: list(push),
  changes: list(change),
  reviews: list(review),
  events: list(event),
});

const provenance: Shape<Model.Provenance> = either(
  object<{ readonly status: "intact" }>({ status: oneOf("intact") }),
  object<{ readonly status: "broken"; readonly commit: string; readonly reason: string }>({
    status: oneOf("broken"),
    commit: text,
    reason: text,
  }),
);

const files = list(object<Model.GovernanceFile>({ path: text, mode: text, text }));

const governance = object<Model.GovernanceFacts>({
  tip: oid,
  files,
  provenance,
  opening: nullable(object<Model.OpeningGovernance>({ tip: oid, files })),
});

const remembered = object<Model.Remembered>({
  denials: list(denialShape),
  excluded: list(exclusionShape),
});

const ledger = object<Model.LedgerFacts>({
  observations: list(
    object<Model.Observation>({
      review: integer,
      reviewer: integer,
      commit: oid,
      contentDigest: text,
      baseRef: text,
      state: text,
      observedAt: instant,
      entry: text,
    }),
  ),
  requests: list(
    object<Model.RequestRecord>({
      name: text,
      path: text,
      firstPull: nullable(integer),
      access: oneOf("none", "active", "failed", "ended"),
      notAfter: nullable(instant),
      asked: nullable(
        object<Model.AskedBy>({
          requester: text,
          beneficiary: text,
          author: nullable(accountShape),
        }),
      ),
      incident: nullable(text),
      ending: nullable(
        object<Model.EarlyEnding>({
          cause: either(endingCauseShape, oneOf("expired-unapproved")),
          by: text,
          at: instant,
        }),
      ),
    }),
  ),
  reroutes: list(
    object<Model.RerouteRecord>({
      reroute: rerouteShape,
      confirmed: nullable(object<Model.Confirmation>({ by: namedPersonShape, at: instant })),
    }),
  ),
  violations: list(
    object<Model.ViolationRecord>({
      entry: integer,
      pull: nullable(integer),
      code: text,
      detail: text,
      paths: list(text),
      parties: nullable(list(namedPersonShape)),
    }),
  ),
  openings: list(
    object<Model.Opening>({
      pull: integer,
      at: instant,
      fingerprint: fingerprintShape,
      route: routeShape,
    }),
  ),
  linked: list(
    object<Model.LinkedPull>({
      pull: integer,
      at: instant,
      state: oneOf("open", "closed", "merged"),
      request: nullable(text),
      durationSeconds: integer,
      grants: oneOf("yes", "no"),
      remembered,
    }),
  ),
  remembered,
  holdings: list(
    object<Model.Holding>({
      person: text,
      holder: text,
      target: text,
      entitlement: text,
      as: oneOf("grant", "approved", "asked", "target"),
      request: nullable(text),
      pull: nullable(integer),
    }),
  ),
  approvalsGiven: list(
    object<Model.ApprovalGiven>({
      pull: integer,
      at: instant,
      approvers: list(text),
      requesters: list(text),
    }),
  ),
  emergencies: list(emergencyShape),
  reviews: list(reviewRecordShape),
  trustRoots: list(trustRootShape),
});

/** Accepts the snapshot that a decision entry records. */
export const snapshotShape = object<Model.Snapshot>({
  format: oneOf(3),
  repository: object<Model.RepositoryFacts>({
    id: integer,
    owner: text,
    name: text,
    governedBranch: text,
  }),
  pull,
  governance,
  teams: list(object<Model.TeamFacts>({ slug: text, members: nullable(list(accountShape)) })),
  ledger,
  incident: nullable(incidentShape),
  missing: list(object<Model.MissingFact>({ fact: text, reason: text })),
});
