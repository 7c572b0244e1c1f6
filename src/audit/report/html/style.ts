/** The only style of the page: nothing is loaded from anywhere. */
export const style = `
:root { color-scheme: light; --ink: #1c2024; --quiet: #596168; --line: #d5d9dd; --accent: #1f5fa8; --bad: #9c1c1c; --good: #1b6437; --warn: #7a4b00; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 76rem; color: var(--ink); background: #fff; font: 0.9375rem/1.5 system-ui, "Segoe UI", "Liberation Sans", Arial, sans-serif; }
h1 { margin: 0; font-size: 1.75rem; line-height: 1.2; }
h2 { margin: 2.5rem 0 0.75rem; padding-top: 0.75rem; border-top: 2px solid var(--ink); font-size: 1.25rem; }
h3 { margin: 0 0 0.25rem; font-size: 1rem; }
a { color: var(--accent); }
p { margin: 0.5rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.125rem 1rem; margin: 0.75rem 0; }
dt { color: var(--quiet); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
code { font: 0.875em ui-monospace, "Liberation Mono", Consolas, monospace; overflow-wrap: anywhere; }
nav ol { columns: 14rem; margin: 1rem 0; padding-left: 1.5rem; }
.quiet, .note, .none, figcaption { color: var(--quiet); }
.verdict { padding: 0.625rem 0.875rem; border-left: 4px solid; font-weight: 600; }
.verdict.good { color: var(--good); background: #eaf5ee; }
.verdict.bad { color: var(--bad); background: #fbecec; }
.findings > li { margin: 1rem 0; }
.badge { padding: 0.0625rem 0.375rem; border-radius: 0.25rem; color: #fff; font-size: 0.8125rem; font-weight: 600; white-space: nowrap; }
.badge.violation { background: var(--bad); }
.badge.warning { background: var(--warn); }
.scroll { overflow-x: auto; margin: 0.75rem 0; }
.scroll:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; min-width: min(100%, 28rem); font-size: 0.875rem; }
caption { padding: 0.25rem 0; text-align: left; font-weight: 600; }
th, td { padding: 0.375rem 0.75rem 0.375rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; min-width: 6rem; max-width: 22rem; font-weight: 400; font-variant-numeric: tabular-nums; }
thead th { border-bottom-color: var(--ink); font-weight: 600; }
time { white-space: nowrap; }
figure { margin: 1rem 0; max-width: 48rem; }
svg { display: block; width: 100%; min-width: 34rem; height: auto; font: 12px system-ui, "Liberation Sans", Arial, sans-serif; fill: var(--ink); }
svg .grid { stroke: var(--line); }
svg .area { fill: #d9e6f4; }
svg .line { fill: none; stroke: var(--accent); stroke-width: 2; }
svg .bar { fill: var(--accent); }
footer { margin-top: 3rem; padding-top: 0.75rem; border-top: 1px solid var(--line); color: var(--quiet); }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 0.5rem; } th, td { min-width: 9.5rem; } }
@page { size: A4; margin: 14mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 9pt; }
  table { width: 100%; font-size: 7.5pt; }
  th, td { min-width: 15mm; padding-right: 1.5mm; }
  time { white-space: normal; }
  thead { display: table-header-group; }
  tr, figure, .findings > li { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
  .scroll { overflow: visible; }
  svg { min-width: 0; }
  .badge, .verdict, svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  nav { display: none; }
}
`;
