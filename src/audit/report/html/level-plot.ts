import type { GrantLevel } from "../model.ts";
import { markup } from "./markup.ts";
import type { MarkupValue } from "./markup.ts";
import { time } from "./words.ts";

const [width, height] = [720, 200];
const frame = { left: 40, right: 12, top: 12, bottom: 28 };

/** Draws how many grants were in effect over time, as steps; nothing without a span. The table beside it says the same. */
export function levelPlot(levels: readonly GrantLevel[]): MarkupValue {
  const [first, last] = [levels[0], levels.at(-1)];
  if (first === undefined || last === undefined) return null;
  const [from, to] = [Date.parse(first.from), Date.parse(last.to)];
  const highest = Math.max(1, ...levels.map(({ most }) => most));
  const bottom = height - frame.bottom;
  const x = (instant: string): number => {
    const share = (Date.parse(instant) - from) / (to - from);
    return rounded(frame.left + share * (width - frame.left - frame.right));
  };
  const y = (count: number): number => {
    return rounded(bottom - (count / highest) * (bottom - frame.top));
  };
  const steps = levels.map(({ from: begin, to: end, most }) => {
    return `L${x(begin)} ${y(most)} L${x(end)} ${y(most)}`;
  });
  const line = steps.join(" ").replace(/^L/u, "M");
  const area = `M${x(first.from)} ${bottom} ${steps.join(" ")} L${x(last.to)} ${bottom} Z`;
  const right = width - frame.right;
  const ticks = tickCounts(highest).map((count) => {
    return markup`<line class="grid" x1="${frame.left}" x2="${right}" y1="${y(count)}" y2="${y(count)}"/>
<text x="${frame.left - 8}" y="${y(count) + 4}" text-anchor="end">${count}</text>
`;
  });
  return markup`<figure>
<div class="scroll" role="region" tabindex="0" aria-label="Plot of the grants in effect">
<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="grants-plot grants-plot-text">
<title id="grants-plot">Grants in effect over time</title>
<desc id="grants-plot-text">At most ${highestOf(levels)} at one time. The table after the plot has every number.</desc>
${ticks}<path class="area" d="${area}"/>
<path class="line" d="${line}"/>
<text x="${frame.left}" y="${height - 8}">${dayOf(first.from)}</text>
<text x="${right}" y="${height - 8}" text-anchor="end">${dayOf(last.to)}</text>
</svg>
</div>
<figcaption>Grants in effect from ${time(first.from)} to ${time(last.to)}, each from its beginning until it was read back as gone.</figcaption>
</figure>
`;
}

function highestOf(levels: readonly GrantLevel[]): number {
  return Math.max(...levels.map(({ most }) => most));
}

/** Whole numbers only: there is no half grant. */
function tickCounts(highest: number): readonly number[] {
  const step = Math.ceil(highest / 4);
  return Array.from({ length: Math.floor(highest / step) + 1 }, (_, at) => at * step);
}

function dayOf(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)}`;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
