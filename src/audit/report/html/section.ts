import { markup } from "./markup.ts";
import type { Markup, MarkupValue } from "./markup.ts";

/** A part of the report with a heading, as the contents name it. */
export interface Section {
  /** Unique on the page, of lower-case letters and hyphens. */
  readonly id: string;
  readonly title: string;
  readonly body: MarkupValue;
}

/** Forms a section under its heading. */
export function section({ id, title, body }: Section): Markup {
  return markup`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${body}</section>
`;
}

/** Forms the list of contents. */
export function contents(sections: readonly Section[]): Markup {
  const items = sections.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>\n`);
  return markup`<nav aria-label="Contents">
<ol>
${items}</ol>
</nav>
`;
}
