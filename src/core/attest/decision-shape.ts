import { approvingRoles } from "../model/names.ts";
import { denialShape, exclusionShape, fingerprintShape, routeShape } from "./fingerprint-shape.ts";
import { digest, instant, integer, list, nullable, object, oid, oneOf, text } from "./shape.ts";
import type * as Model from "../model/decision.ts";
import type { Finding } from "../model/finding.ts";

const finding = object<Finding>({
  rule: text,
  code: text,
  outcome: oneOf("satisfied", "pending", "violated", "indeterminate"),
  reason: text,
  facts: list(text),
});

const judgement = object<Model.ReviewJudgement>({
  review: integer,
  login: text,
  person: nullable(text),
  state: text,
  counts: oneOf("yes", "no"),
  code: text,
  reason: text,
});

const approval = object<Model.CountedApproval>({
  review: integer,
  principal: integer,
  login: text,
  person: text,
  role: oneOf(...approvingRoles),
  commit: oid,
  submittedAt: instant,
  actsFor: nullable(
    object<NonNullable<Model.CountedApproval["actsFor"]>>({ from: text, until: instant }),
  ),
});

const request = object<Model.DecidedRequest>({
  kind: oneOf("AccessRequest", "BreakGlassRequest", "AccessExtension"),
  name: text,
  path: text,
  digest,
  requester: text,
  beneficiary: object<Model.DecidedRequest["beneficiary"]>({
    kind: oneOf("human", "service-account", "agent"),
    name: text,
  }),
  identity: text,
  target: text,
  provider: text,
  entitlement: text,
  permission: text,
  tier: text,
  durationSeconds: integer,
  activateBy: nullable(text),
  incident: nullable(text),
});

const governanceDigests = {
  roles: nullable(digest),
  people: nullable(digest),
  policy: nullable(digest),
  catalogue: nullable(digest),
};

/** Accepts the digests of governance at one commit. */
export const governanceDigestsShape = object<Model.GovernanceDigests>(governanceDigests);

/** Accepts the decision that a decision entry records. */
export const decisionShape = object<Model.Decision>({
  rules: oneOf("3"),
  verdict: oneOf("approved", "pending", "denied"),
  kind: oneOf("request", "removal", "policy", "ungoverned", "mixed"),
  pull: integer,
  baseRef: text,
  head: oid,
  findings: list(finding),
  reviews: list(judgement),
  approvals: list(approval),
  digests: object<Model.DecisionDigests>({ content: nullable(digest), ...governanceDigests }),
  request: nullable(request),
  fingerprint: nullable(fingerprintShape),
  route: routeShape,
  denials: list(denialShape),
  excluded: list(exclusionShape),
  reviewAfterwards: list(text),
  reviewWithinSeconds: nullable(integer),
  removes: list(text),
  notAfter: nullable(instant),
});
