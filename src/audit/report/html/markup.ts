import { visibleText } from "../visible-text.ts";

/** HTML that was written by us, with all text from outside escaped. Only `markup` and `trusted` make it. */
export class Markup {
  readonly #html: string;

  constructor(html: string) {
    this.#html = html;
  }

  toString(): string {
    return this.#html;
  }
}

/** What can stand in a template: text is escaped, markup is not, a list is its parts, `null` is nothing. */
export type MarkupValue = string | number | Markup | null | readonly MarkupValue[];

/**
 * Forms HTML from a template. Whatever is put in is text and escaped, in an element or in an attribute in double quotes, unless
 * it is markup itself: so forgetting to escape is not possible, and what cannot be seen is written out (H8).
 */
export function markup(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  const parts = strings.map((part, at) => `${part}${escaped(values[at] ?? null)}`);
  return new Markup(parts.join(""));
}

/** Takes HTML as it is: for constants of ours alone, such as the style, and never for anything that was read. */
export function trusted(html: string): Markup {
  return new Markup(html);
}

function escaped(value: MarkupValue): string {
  if (value instanceof Markup) return value.toString();
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return escapedText(value);
  return value.map(escaped).join("");
}

const entities = new Map([
  ["<", "&lt;"],
  [">", "&gt;"],
  ["&", "&amp;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

function escapedText(text: string): string {
  return visibleText(text).replace(/[<>&"']/gu, (sign) => entities.get(sign) ?? "");
}
