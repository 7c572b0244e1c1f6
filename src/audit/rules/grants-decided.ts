import { entriesOf, entryByDigest } from "../../core/attest/ledger-view.ts";
import type { LedgerView } from "../../core/attest/ledger-view.ts";
import type { DecidedRequest, Decision } from "../../core/model/decision.ts";
import type { EntryOf, LedgerBranch } from "../../core/model/entry.ts";
import type { Grant } from "../../core/model/grant.ts";
import type { AuditRule } from "../audit-case.ts";
import type { AuditFinding } from "../audit-report.ts";
import { aboutEntry } from "../finding.ts";
import type { Observation } from "../finding.ts";

/**
 * Demands for every grant an approved decision and the one merge of it, used once, and that the grant is
 * what was decided and no longer (P5, P9; AC-3(2)).
 */
export const grantsDecided: AuditRule = ({ view }) => {
  const used = new Map<string, number>();
  return entriesOf(view, "grant-intent").flatMap((intent) => {
    const before = used.get(intent.inputs.merge);
    if (before === undefined) used.set(intent.inputs.merge, intent.seq);
    const reused: Observation = {
      code: "merge-reused",
      expected: "a merge that no other grant has used",
      actual: `grant-intent entry ${before ?? 0} names the same merge`,
    };
    const observed = [...judge(intent, view), ...(before === undefined ? [] : [reused])];
    return observed.map((one): AuditFinding => {
      return aboutEntry(intent, { file: intent.result.grant.path, ...one });
    });
  });
};

const branch: LedgerBranch = "audit/decisions";

function judge(intent: EntryOf<"grant-intent">, view: LedgerView): readonly Observation[] {
  const { inputs, result } = intent;
  const entry = entryByDigest(view, "decision", inputs.decision);
  const merge = entryByDigest(view, "merge", inputs.merge);
  const decision = entry?.result.decision;
  if (decision?.verdict !== "approved" || decision.request === null) {
    const actual = decision?.verdict ?? "no such decision entry";
    const expected = "an approved decision on a request";
    const lacks = { branch, digest: inputs.decision };
    return [
      { code: "grant-without-decision", expected, actual, ...(entry === null ? { lacks } : {}) },
    ];
  }
  if (merge?.inputs.decision !== inputs.decision) {
    const actual = merge === null ? "no such merge entry" : "it names another decision";
    const expected = "a merge entry that names the decision of the grant";
    const lacks = { branch, digest: inputs.merge };
    return [
      { code: "grant-without-merge", expected, actual, ...(merge === null ? { lacks } : {}) },
    ];
  }
  return [
    ...contentDefects(result.grant, decision.request),
    ...timeDefects(result.grant, decision, decision.request),
    ...approvalDefects(inputs.approvals, decision),
  ];
}

function contentDefects(grant: Grant, request: DecidedRequest): readonly Observation[] {
  const pairs: readonly (readonly [string, string, string])[] = [
    ["request", request.name, grant.request],
    ["path", request.path, grant.path],
    ["target", request.target, grant.target],
    ["entitlement", request.entitlement, grant.entitlement],
    ["permission", request.permission, grant.permission],
    ["beneficiary", request.beneficiary.name, grant.beneficiary],
    ["identity", request.identity, grant.identity],
  ];
  return pairs
    .filter(([, decided, granted]) => decided !== granted)
    .map(([field, decided, granted]) => ({
      code: "grant-differs",
      expected: `${field} ${decided}`,
      actual: `${field} ${granted}`,
    }));
}

function timeDefects(
  { startsAt, expiresAt }: Grant,
  { notAfter }: Decision,
  { durationSeconds }: DecidedRequest,
): readonly Observation[] {
  const starts = Date.parse(startsAt);
  const lasts = Date.parse(expiresAt) - starts;
  const found: Observation[] = [];
  if (notAfter === null || !(starts < Date.parse(notAfter))) {
    const expected = `a start before ${notAfter ?? "the end of the decision"}`;
    found.push({ code: "grant-too-late", expected, actual: `it starts at ${startsAt}` });
  }
  if (!(lasts > 0 && lasts <= durationSeconds * 1000)) {
    const expected = `an end within ${durationSeconds} seconds of ${startsAt}`;
    found.push({ code: "grant-too-long", expected, actual: `it ends at ${expiresAt}` });
  }
  return found;
}

function approvalDefects(confirmed: readonly number[], decision: Decision): readonly Observation[] {
  const decided = decision.approvals.map(({ review }) => review);
  const missing = decided.filter((review) => !confirmed.includes(review));
  if (missing.length === 0 && decided.length > 0) return [];
  return [
    {
      code: "grant-unconfirmed",
      expected: `the forge's own word for the reviews ${decided.join(", ") || "(none decided)"}`,
      actual: `the executor confirmed ${confirmed.join(", ") || "none"}`,
    },
  ];
}
