import type { RevokeBand } from "../model.ts";
import { markup } from "./markup.ts";
import type { MarkupValue } from "./markup.ts";
import { durationWords } from "../../../core/parse/duration-words.ts";

const width = 720;
const barHeight = 24;
const labelWidth = 130;

/** Draws how long revokes took, a bar a band; nothing when there was no revoke. The table beside it says the same. */
export function spreadPlot(bands: readonly RevokeBand[]): MarkupValue {
  const most = Math.max(0, ...bands.map(({ count }) => count));
  if (most === 0) return null;
  const room = width - labelWidth - 60;
  const bars = bands.map(({ count }, at) => {
    const [top, length] = [at * barHeight, Math.round((count / most) * room)];
    return markup`<text x="${labelWidth - 8}" y="${top + 16}" text-anchor="end">${bandName(bands, at)}</text>
<rect class="bar" x="${labelWidth}" y="${top + 4}" width="${length}" height="${barHeight - 8}"/>
<text x="${labelWidth + length + 6}" y="${top + 16}">${count}</text>
`;
  });
  return markup`<figure>
<div class="scroll" role="region" tabindex="0" aria-label="Plot of the time to revoke">
<svg viewBox="0 0 ${width} ${bands.length * barHeight}" role="img" aria-labelledby="spread-plot spread-plot-text">
<title id="spread-plot">Revokes by how long they took</title>
<desc id="spread-plot-text">The table after the plot has every number.</desc>
${bars}</svg>
</div>
<figcaption>Revokes by how long they took.</figcaption>
</figure>
`;
}

/** Says which durations a band holds. */
export function bandName(bands: readonly RevokeBand[], at: number): string {
  const [above, upTo] = [bands[at - 1]?.upToSeconds, bands[at]?.upToSeconds];
  if (upTo == null) return above == null ? "any time" : `over ${durationWords(above)}`;
  return `up to ${durationWords(upTo)}`;
}
