/**
 * Makes text from files or accounts harmless inside Markdown: no mention pings anybody, no link, no
 * heading, no HTML, no table cell ends early (H8). What is shown reads the same.
 */
export function neutralText(text: string): string {
  return text
    .replace(/[\r\n\t]+/gu, " ")
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .replace(/[\\`*_{}[\]()<>#+!|~&]/gu, (character) => `\\${character}`)
    .replace(/\\</gu, "&lt;")
    .replace(/\\>/gu, "&gt;")
    .replace(/\\&/gu, "&amp;")
    .replace(/@/gu, "@\u2060")
    .replace(/(https?):/giu, "$1\u2060:");
}
