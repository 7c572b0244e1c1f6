/**
 * Writes a sentence of a schema as Markdown: what it has between backticks is code, everything else
 * stands for itself, so that `<target>` outside of code is no tag.
 */
export function prose(text: string): string {
  const parts = text.replace(/\s+/g, " ").trim().split(code);
  return parts.map((part, index) => (index % 2 === 1 ? part : escaped(part))).join("");
}

/** Writes a value as code, in a fence longer than every run of backticks in it. */
export function codeSpan(value: string): string {
  const runs = value.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const pad = /^[` ]|[` ]$/.test(value) ? " " : "";
  return `${fence}${pad}${value}${pad}${fence}`;
}

/** Writes a table. A `|` in a cell would end the cell, in code too, so each is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}

/** Backticks make code in pairs of equal length; one without a partner stands for itself. */
const code = /(?<!`)(`[^`]+`|``(?:(?!``).)+``)(?!`)/;

function escaped(text: string): string {
  return text
    .replace(/[\\`*~[\]]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;");
}
