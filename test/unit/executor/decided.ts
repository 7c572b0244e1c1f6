import { sha256 } from "../../../src/core/attest/digest.ts";
import type { Decision } from "../../../src/core/model/decision.ts";
import type { Snapshot } from "../../../src/core/model/snapshot.ts";

/** A request in few words; what is left out is alice's PT4H of readwrite on payments-db. */
export interface Asked {
  readonly name: string;
  readonly pull: number;
  readonly duration?: string;
  readonly beneficiary?: string;
  readonly target?: string;
  readonly permission?: string;
  readonly path?: string;
  readonly notAfter?: string;
  readonly reviewAfterwards?: readonly string[];
}

/** The bytes of a request file. Their meaning is nothing to the executor; that they are the same is. */
export function requestBytes({ name, duration = "PT4H" }: Asked): string {
  return `name: ${name}\nduration: ${duration}\n`;
}

interface DecidedParts {
  readonly asked: Asked;
  readonly path: string;
  readonly head: string;
  readonly digest: string;
  readonly seconds: number;
}

/** An approval by bob and carol. */
export function approvedDecision({ asked, path, head, digest, seconds }: DecidedParts): Decision {
  const { name, pull, beneficiary = "alice", target = "payments-db" } = asked;
  const approval = (
    review: number,
    principal: number,
    login: string,
    role: "approver" | "control",
  ) =>
    ({
      review,
      principal,
      login,
      person: login,
      role,
      commit: head,
      submittedAt: "2026-11-21T09:00:00Z",
      actsFor: null,
    }) as const;
  return {
    rules: "3",
    verdict: "approved",
    kind: "request",
    pull,
    baseRef: "main",
    head,
    findings: [],
    reviews: [],
    approvals: [
      approval(pull * 10 + 1, 1002, "bob", "approver"),
      approval(pull * 10 + 2, 1003, "carol", "control"),
    ],
    digests: {
      content: sha256(`content ${digest}`),
      roles: null,
      people: null,
      policy: null,
      catalogue: null,
    },
    request: {
      kind: "AccessRequest",
      name,
      path,
      digest,
      requester: "alice",
      beneficiary: { kind: "human", name: beneficiary },
      identity: beneficiary,
      target,
      provider: "postgres",
      entitlement: "readwrite",
      permission: asked.permission ?? "payments_readwrite",
      tier: "privileged",
      durationSeconds: seconds,
      activateBy: null,
      incident: null,
    },
    fingerprint: null,
    route: [],
    denials: [],
    excluded: [],
    reviewAfterwards: asked.reviewAfterwards ?? [],
    reviewWithinSeconds: null,
    removes: [],
    notAfter: asked.notAfter ?? "2026-11-22T10:00:00.000Z",
  };
}

/** The merged PR as the forge shows it, with the approvals of the decision standing. */
export function mergedSnapshot(decided: Decision, mergeCommit: string): Snapshot {
  return {
    format: 3,
    repository: { id: 700001, owner: "acme", name: "access", governedBranch: "main" },
    pull: {
      number: decided.pull,
      state: "merged",
      draft: false,
      crossRepository: false,
      author: { id: 1001, login: "alice", type: "User" },
      createdAt: "2026-11-21T08:00:00Z",
      baseRef: "main",
      headRef: `request/${decided.pull}`,
      headOid: decided.head,
      mergeBase: mergeCommit,
      mergedAt: "2026-11-21T10:00:00Z",
      mergeCommit,
      commits: [],
      heads: [decided.head],
      pushes: [],
      changes: [],
      reviews: decided.approvals.map(({ review, principal, login, submittedAt }) => ({
        id: review,
        author: { id: principal, login, type: "User" },
        state: "APPROVED",
        submittedAt,
        commit: decided.head,
        dismissal: null,
      })),
      events: [],
    },
    governance: { tip: mergeCommit, files: [], provenance: { status: "intact" }, opening: null },
    teams: [],
    ledger: {
      observations: [],
      requests: [],
      violations: [],
      reroutes: [],
      openings: [],
      linked: [],
      remembered: { denials: [], excluded: [] },
      holdings: [],
      approvalsGiven: [],
      emergencies: [],
      reviews: [],
      trustRoots: [],
    },
    incident: null,
    missing: [],
  };
}
