import type { PeriodReport, ReportedRequest } from "./model.ts";
import { visibleText } from "./visible-text.ts";

/**
 * Renders the requests of the report as CSV (RFC 4180, with a line of names): one row a request, times in ISO 8601, durations in
 * seconds, empty where there is nothing. It has no findings and none of the other tables: those are in the HTML and the JSON.
 */
export function renderCsv({ requests }: PeriodReport): string {
  const rows = [columns.map(([name]) => name), ...requests.map(row)];
  return rows.map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

type Value = string | number | null;

const columns: readonly (readonly [string, (request: ReportedRequest) => Value])[] = [
  ["request", ({ request }) => request],
  ["pull", ({ pull }) => pull],
  ["state", ({ state }) => state],
  ["kind", ({ access }) => access?.kind ?? null],
  ["requester", ({ access }) => access?.requester ?? null],
  ["opened_by", ({ askedBy }) => askedBy],
  ["beneficiary", ({ access }) => access?.beneficiary ?? null],
  ["target", ({ access }) => access?.target ?? null],
  ["entitlement", ({ access }) => access?.entitlement ?? null],
  ["tier", ({ access }) => access?.tier ?? null],
  ["incident", ({ access }) => access?.incident ?? null],
  ["asked_at", ({ askedAt }) => askedAt],
  ["approved_at", ({ approvedAt }) => approvedAt],
  ["approvals", ({ approvals }) => approvals.map(approvalWords).join(" | ") || null],
  ["seconds_to_approve", ({ secondsToApprove }) => secondsToApprove],
  ["merged_at", ({ mergedAt }) => mergedAt],
  ["starts_at", ({ startsAt }) => startsAt],
  ["expires_at", ({ expiresAt }) => expiresAt],
  ["gone_at", ({ goneAt }) => goneAt],
  ["revoke_cause", ({ revokeCause }) => revokeCause],
  ["seconds_to_revoke", ({ secondsToRevoke }) => secondsToRevoke],
];

function approvalWords({ person, role, actsFor }: ReportedRequest["approvals"][number]): string {
  return `${person} as ${role}${actsFor === null ? "" : ` for ${actsFor}`}`;
}

function row(request: ReportedRequest): readonly Value[] {
  return columns.map(([, value]) => value(request));
}

/**
 * Writes a cell so that no spreadsheet takes it for a formula, also one that splits lines at semicolons: an apostrophe goes before
 * what would begin one. Numbers are ours and stay numbers.
 */
function cell(value: Value): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  // Judged before tab and line end are written out, which some spreadsheets pass over at the beginning of a cell.
  const harmless = /^\s*[=+\-@＝＋－＠\t\r\n]/u.test(value)
    ? `'${visibleText(value)}`
    : visibleText(value);
  return `"${harmless.replace(/;(?=\s*[=+\-@＝＋－＠])/gu, ";'").replaceAll('"', '""')}"`;
}
