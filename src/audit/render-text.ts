import type { AuditFinding, AuditReport } from "./audit-report.ts";

const width = 80;

/** Renders a report for a terminal of 80 columns: what was verified, then what does not hold. */
export function renderText(report: AuditReport): string {
  const { findings, doubts } = report;
  return `${[
    ...head(report),
    ...findings.flatMap((finding, index) => ["", ...paragraph(finding, index + 1)]),
    ...doubts.flatMap((doubt) => ["", ...wrap("COULD NOT TELL  ", doubt)]),
    "",
    conclusion(report),
  ].join("\n")}\n`;
}

function head({
  repository,
  root,
  main,
  heads,
  entries,
  signatures,
  period,
  requests,
}: AuditReport) {
  const count = entries.reduce((sum, one) => sum + one.count, 0);
  return [
    `repository  ${repository === null ? "unknown" : `${repository.id}, branch ${repository.governedBranch}`}`,
    `main        ${main ?? "unknown"}`,
    `root        ${root.digest}`,
    "            (brought by you from outside)",
    ...heads.map(({ branch, seq, commit }) => `head        ${branch} entry ${seq}, ${commit}`),
    `period      ${period === null ? "none" : `${period.from} to ${period.to}`}`,
    ...wrap("entries     ", `${count}: ${list(entries.map((one) => [one.type, one.count]))}`),
    ...signatures.map(
      (one) => `signatures  ${one.count} by the ${one.keyRole} key ${one.keyid.slice(0, 23)}…`,
    ),
    ...wrap("requests    ", list(requests.map((one) => [one.state, one.count])) || "none"),
  ];
}

function list(counts: readonly (readonly [string, number])[]): string {
  return counts.map(([name, count]) => `${count} ${name}`).join(", ");
}

function paragraph(finding: AuditFinding, number: number): readonly string[] {
  const { code, severity, branch, seq, commit, pull, file, expected, actual, command } = finding;
  const place = [
    branch === null ? "" : `${branch} entry ${seq ?? "?"}`,
    pull === null ? "" : `pull request ${pull}`,
  ].filter((part) => part !== "");
  return [
    `${number}. ${severity.toUpperCase()} ${code}`,
    ...(place.length === 0 ? [] : [`   where     ${place.join(", ")}`]),
    ...(commit === null ? [] : [`   commit    ${commit}`]),
    ...(file === null ? [] : wrap("   file      ", file)),
    ...wrap("   expected  ", expected),
    ...wrap("   actual    ", actual),
    // Never wrapped: it is there to be copied.
    `   see       ${command}`,
  ];
}

function conclusion({ findings, doubts }: AuditReport): string {
  if (findings.length > 0) return `NOT VERIFIED: ${findings.length} finding(s).`;
  if (doubts.length > 0)
    return "COULD NOT VERIFY: nothing wrong was found, but not all was readable.";
  return "VERIFIED: no finding.";
}

// The evidence may be attacker-controlled: control and format characters would rewrite the terminal.
function wrap(label: string, text: string): readonly string[] {
  const lines: string[] = [];
  let line = label;
  for (const word of text.replace(/[\p{C}\s]+/gu, " ").split(" ")) {
    const empty = line.trimEnd() === (lines.length === 0 ? label.trimEnd() : "");
    if (!empty && line.length + word.length + 1 > width) {
      lines.push(line);
      line = " ".repeat(label.length) + word;
    } else line = empty ? `${line}${word}` : `${line} ${word}`;
  }
  return [...lines, line];
}
