import { markup } from "./markup.ts";
import type { Markup, MarkupValue } from "./markup.ts";

/** A table with its heading: the first cell of each row names the row. */
export interface Table {
  /** Unique on the page, of lower-case letters and hyphens. */
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly MarkupValue[])[];
  /** Said instead of a table without rows: that there is nothing is an answer as well. */
  readonly none: string;
}

/** Forms a table that a keyboard can scroll where it is wider than the screen. */
export function table({ id, caption, columns, rows, none }: Table): Markup {
  if (rows.length === 0) return markup`<p class="none">${none}</p>\n`;
  return markup`<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}">
<table>
<caption id="${id}">${caption}</caption>
<thead><tr>${columns.map((name) => markup`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${rows.map(row)}</tbody>
</table>
</div>
`;
}

function row([first, ...rest]: readonly MarkupValue[]): Markup {
  const cells = rest.map((cell) => markup`<td>${cell}</td>`);
  return markup`<tr><th scope="row">${first ?? null}</th>${cells}</tr>\n`;
}
