import { createHash } from "node:crypto";
import { evidenceSections } from "./html/evidence-section.ts";
import { exceptionalSections } from "./html/exceptional-section.ts";
import { findingsSection } from "./html/findings-section.ts";
import { markup, trusted } from "./html/markup.ts";
import type { Markup } from "./html/markup.ts";
import { powersSections } from "./html/powers-section.ts";
import { grantsSection, requestsSection } from "./html/requests-section.ts";
import { revokesSection } from "./html/revokes-section.ts";
import { contents, section } from "./html/section.ts";
import type { Section } from "./html/section.ts";
import { style } from "./html/style.ts";
import { time } from "./html/words.ts";
import type { PeriodReport } from "./model.ts";

/**
 * Renders the report as one HTML page that needs nothing else: no script, no font and no style from elsewhere, and a policy in the
 * page that forbids them. What people wrote is escaped, and what cannot be seen is written out.
 */
export function renderHtml(report: PeriodReport): string {
  const sections: readonly Section[] = [
    findingsSection(report),
    requestsSection(report),
    grantsSection(report),
    revokesSection(report),
    ...exceptionalSections(report),
    ...powersSections(report),
    ...evidenceSections(report),
  ];
  const { from, to } = report.period;
  const title = `Access report ${from.slice(0, 10)} to ${to.slice(0, 10)}`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy()}">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<header>
<h1>Access report</h1>
${summary(report)}</header>
${contents(sections)}<main>
${sections.map(section)}</main>
<footer><p>Made by <code>countersign audit report</code> from a clone alone. All times are in UTC; the period is half-open: what happened at its very end is in the next one. The same clone, root and period give the same report.</p></footer>
</body>
</html>
`.toString();
}

function summary({ repository, main, root, heads, period, entries }: PeriodReport): Markup {
  const count = entries.reduce((sum, one) => sum + one.count, 0);
  const named =
    repository === null ? "unknown" : `${repository.id}, branch ${repository.governedBranch}`;
  return markup`<dl>
<dt>Period</dt><dd>${time(period.from)} to ${time(period.to)}, ${count} entries</dd>
<dt>Repository</dt><dd>${named}</dd>
<dt>Audited tip</dt><dd><code>${main ?? "unknown"}</code></dd>
<dt>Trust root</dt><dd><code>${root.digest}</code>, brought by the auditor from outside the repository</dd>
${heads.map(
  ({ branch, seq, digest, commit }) =>
    markup`<dt>Head of ${branch}</dt><dd>entry ${seq}, <code>${digest}</code>, commit <code>${commit}</code></dd>\n`,
)}</dl>
`;
}

/** The one style is named by its hash: a page that was changed on the way loses its looks, and never runs or loads anything. */
function contentPolicy(): string {
  const hash = createHash("sha256").update(style).digest("base64");
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}
