const entities = new Map([
  ["<", "&lt;"],
  [">", "&gt;"],
  ["&", "&amp;"],
]);

/**
 * Makes text from files or accounts harmless inside Markdown: no mention pings anybody, no link or reference, no
 * heading, no HTML, no table cell ends early (H8). What is shown reads the same.
 */
export function neutralText(text: string): string {
  return text
    .replace(/[\r\n\t]+/gu, " ")
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .replace(
      /[\\`*_{}[\]()<>#+!|~&$]/gu,
      (character) => entities.get(character) ?? `\\${character}`,
    )
    .replace(/[@#]/gu, (character) => `${character}\u2060`)
    .replace(/(https?|ftp):/giu, "$1\u2060:")
    .replace(/(www)\./giu, "$1\u2060.");
}
