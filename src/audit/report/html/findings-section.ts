import type { AuditFinding } from "../../audit-report.ts";
import type { PeriodReport } from "../model.ts";
import { markup } from "./markup.ts";
import type { Markup } from "./markup.ts";
import type { Section } from "./section.ts";

/** What does not hold, before everything else: whoever reads on must know how far the rest can be trusted. */
export function findingsSection({ findings }: PeriodReport): Section {
  const body =
    findings.length === 0
      ? markup`<p class="verdict good">Verified: no finding.</p>\n`
      : markup`<p class="verdict bad">Not verified: ${findings.length} ${findings.length === 1 ? "finding" : "findings"}${beneath(findings)}. What follows is what the entries say that did verify.</p>
<ol class="findings">
${findings.map(item)}</ol>
`;
  return { id: "findings", title: "Findings of the audit", body };
}

function item(finding: AuditFinding): Markup {
  const { code, severity, branch, seq, commit, pull, file, expected, actual, command } = finding;
  const { consequences } = finding;
  const facts: readonly (readonly [string, string | null])[] = [
    ["Expected", expected],
    ["Found", actual],
    ["Entry", branch === null ? null : `${branch} ${seq ?? "?"}`],
    ["Pull request", pull === null ? null : `#${pull}`],
    ["File", file],
    ["Commit", commit],
  ];
  return markup`<li>
<h3><span class="badge ${severity}">${severity}</span> ${code}</h3>
<dl>
${facts.map(fact)}${fact(["See", markup`<code>${command}</code>`])}</dl>
${consequences.length === 0 ? null : markup`<p>What follows from it:</p>\n<ol class="follows">\n${consequences.map(item)}</ol>\n`}</li>
`;
}

/** However much lies beneath one fault, it is said in the first line. */
function beneath(findings: readonly AuditFinding[]): string {
  const count = findings.reduce((sum, one) => sum + countBeneath(one), 0);
  return count === 0 ? "" : `, and ${count} more that follow from them`;
}

function countBeneath({ consequences }: AuditFinding): number {
  return consequences.reduce((sum, one) => sum + 1 + countBeneath(one), 0);
}

function fact([name, value]: readonly [string, string | Markup | null]): Markup | null {
  return value === null ? null : markup`<dt>${name}</dt><dd>${value}</dd>\n`;
}
