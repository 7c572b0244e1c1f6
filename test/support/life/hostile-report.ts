import type { AuditFinding } from "../../../src/audit/audit-report.ts";
import type { PeriodReport } from "../../../src/audit/report/model.ts";

/** What somebody writes who wants a page to run it, a spreadsheet to compute it, or a reader not to see it. */
export const hostileTexts: readonly string[] = [
  `<script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `' onmouseover='alert(1)`,
  `</title></style><svg onload=alert(1)>`,
  `-->]]><!--`,
  `&lt;b&gt; &#x202e;`,
  "${alert(1)}",
  "\u202Etxt.exe\u2066\u2069",
  "two\r\nlines\u2028and\u0000more\u001b[2J\uD800",
  "=cmd|' /C calc'!A0",
  "x".repeat(2_000),
];

/** Puts a text wherever a report holds words of people: everywhere but in instants, codes of ours and what we count. */
export function hostileReport(report: PeriodReport, text: string): PeriodReport {
  const approvals = [{ person: text, role: text, actsFor: text }];
  const [request] = report.requests;
  if (request?.access == null) throw new Error("The report has no request to put a text into.");
  const at = request.askedAt;
  const place = { request: text, target: text, identity: text, permission: text };
  const finding: AuditFinding = {
    code: text,
    severity: "warning",
    branch: "audit/decisions",
    ...{ seq: 1, commit: text, pull: 7, file: text },
    ...{ expected: text, actual: text, command: text, names: [], lacks: null, consequences: [] },
  };
  return {
    ...report,
    repository: { id: 1, governedBranch: text },
    findings: [finding],
    requests: [
      {
        ...{ ...request, request: text, askedBy: text, approvals },
        access: {
          ...{ kind: text, requester: text, beneficiary: text, target: text },
          ...{ entitlement: text, tier: text, incident: text },
        },
      },
    ],
    exceptions: [
      {
        ...{ request: text, pull: 7, mergedAt: at, conflict: text, reason: text, approvals },
        compensatingControls: [text, text],
      },
    ],
    emergencies: report.emergencies.map((one) => ({
      ...{ ...one, request: text, incident: text, requester: text, beneficiary: text, approvals },
      ...{ target: text, entitlement: text, reason: text, compensatingControls: [text] },
      steps: [{ step: 2, opensAt: at, people: [text] }],
    })),
    reviews: report.reviews.map((one) => ({ ...one, request: text, reasons: [text], by: text })),
    reroutes: report.reroutes.map((one) => ({
      ...{ ...one, request: text, role: text, tier: text, from: text, to: text, by: text },
      ...{ reason: text, ticket: text, basis: text, confirmedBy: text },
    })),
    refusedCommands: [{ pull: 7, at, by: text, text, code: text, reason: text }],
    delegations: [
      { pull: 7, request: text, mergedAt: at, role: text, from: text, to: text, until: at },
    ],
    overdueRevokes: [{ ...place, due: at, overdueSeconds: 61, failedAttempts: 1 }],
    failedRevokes: [{ ...place, at, seq: 3, detail: text, goneAt: null }],
    reciprocity: [{ people: [text, text], given: [{ pull: 7, at }], returned: [{ pull: 8, at }] }],
    violations: [
      {
        ...{ seq: 4, at, pull: 7, code: text, detail: text },
        cleared: { by: text, at, text },
      },
    ],
  };
}
