import type { AnchorSummary, AuditFinding, AuditReport } from "./audit-report.ts";
import { terminalLines } from "../core/render/terminal-lines.ts";

/** Renders a report for a terminal of 80 columns: what was verified, then what does not hold. */
export function renderText(report: AuditReport): string {
  const { findings, doubts } = report;
  return `${[
    ...head(report),
    ...findings.flatMap((finding, index) => ["", ...paragraph(finding, index + 1)]),
    ...doubts.flatMap((doubt) => ["", ...terminalLines("COULD NOT TELL  ", doubt)]),
    "",
    conclusion(report),
  ].join("\n")}\n`;
}

function head({
  repository,
  root,
  trustRoots,
  main,
  heads,
  entries,
  signatures,
  period,
  requests,
  reviews,
  cleared,
  anchors,
  mode,
}: AuditReport) {
  const count = entries.reduce((sum, one) => sum + one.count, 0);
  return [
    `repository  ${repository === null ? "unknown" : `${repository.id}, branch ${repository.governedBranch}`}`,
    `main        ${main ?? "unknown"}`,
    `root        ${root.digest}`,
    "            (brought by you from outside)",
    ...trustRoots.flatMap((one) => terminalLines("trust root  ", keysInWords(one))),
    ...heads.map(({ branch, seq, commit }) => `head        ${branch} entry ${seq}, ${commit}`),
    `period      ${period === null ? "none" : `${period.from} to ${period.to}`}`,
    ...terminalLines(
      "entries     ",
      `${count}: ${list(entries.map((one) => [one.type, one.count]))}`,
    ),
    ...signatures.map(
      (one) => `signatures  ${one.count} by the ${one.keyRole} key ${one.keyid.slice(0, 23)}…`,
    ),
    ...(mode === "chain"
      ? ["judged      the chains alone: neither anchors nor requests"]
      : [
          ...terminalLines("anchors     ", anchorsInWords(anchors)),
          ...terminalLines(
            "requests    ",
            list(requests.map((one) => [one.state, one.count])) || "none",
          ),
        ]),
    ...cleared.flatMap(({ seq, code, by, at }) =>
      terminalLines("cleared     ", `${code}, entry ${seq}, by ${by} at ${at}`),
    ),
    ...reviews.flatMap((one) => terminalLines("review      ", inWords(one))),
  ];
}

function keysInWords({
  version,
  decisionsFrom,
  executionsFrom,
  keyRoles,
}: AuditReport["trustRoots"][number]): string {
  const keys = keyRoles.map(({ name, threshold, keyids }) => {
    const short = keyids.map((keyid) => `${keyid.slice(0, 23)}…`).join(" ");
    return `${name} ${short}${threshold === 1 ? "" : ` (${threshold} must sign)`}`;
  });
  const from = `from decisions entry ${decisionsFrom} and executions entry ${executionsFrom} on`;
  return `${version}, ${from}: ${keys.join(", ")}`;
}

function anchorsInWords({ held, signaturesChecked, unchecked, mergesWithout }: AnchorSummary) {
  const missing = unchecked.map(({ reason, count }) => `${count} not: ${reason}`);
  const without = mergesWithout === 0 ? [] : [`${mergesWithout} merges without one`];
  return [`${held} held`, `${signaturesChecked} signatures checked`, ...missing, ...without].join(
    ", ",
  );
}

function inWords({ request, issue, due, state }: AuditReport["reviews"][number]): string {
  const said = state === "overdue" ? "OVERDUE since" : state === "due" ? "due at" : `${state}, due`;
  const place = issue === null ? "no issue yet" : `issue #${issue}`;
  return `${request} (${place}) ${said} ${due}`;
}

function list(counts: readonly (readonly [string, number])[]): string {
  return counts.map(([name, count]) => `${count} ${name}`).join(", ");
}

function paragraph(finding: AuditFinding, number: number): readonly string[] {
  const { code, severity, branch, seq, commit, pull, file, expected, actual } = finding;
  const { command, consequences } = finding;
  const place = [
    branch === null ? "" : `${branch} entry ${seq ?? "?"}`,
    pull === null ? "" : `pull request ${pull}`,
  ].filter((part) => part !== "");
  return [
    `${number}. ${severity.toUpperCase()} ${code}`,
    ...(place.length === 0 ? [] : [`   where     ${place.join(", ")}`]),
    ...(commit === null ? [] : [`   commit    ${commit}`]),
    ...(file === null ? [] : terminalLines("   file      ", file)),
    ...terminalLines("   expected  ", expected),
    ...terminalLines("   actual    ", actual),
    // Never wrapped: it is there to be copied.
    `   see       ${command}`,
    ...consequences.flatMap(beneath),
  ];
}

function beneath({ code, branch, seq, pull, actual, command }: AuditFinding): readonly string[] {
  const place = [
    branch === null ? "" : `, ${branch} entry ${seq ?? "?"}`,
    pull === null ? "" : `, pull request ${pull}`,
  ].join("");
  return [
    ...terminalLines("   follows   ", `${code}${place}: ${actual}`),
    `             ${command}`,
  ];
}

function conclusion({ findings, doubts, mode, since }: AuditReport): string {
  if (findings.length > 0) return `NOT VERIFIED: ${findings.length} finding(s).`;
  if (doubts.length > 0)
    return "COULD NOT VERIFY: nothing wrong was found, but not all was readable.";
  if (mode === "chain") {
    return "CHAINS VERIFIED: both ledgers are whole. What they say was not judged: leave out --mode chain.";
  }
  if (since !== null) {
    return `VERIFIED: no finding. Decisions and commands from before ${since} were not repeated.`;
  }
  return "VERIFIED: no finding.";
}
