import { terminalText } from "../core/render/terminal-text.ts";

/** One row, and what stands beneath it over the whole width. */
export interface TextRow {
  /** As many as there are titles, as they come from whoever wrote them. */
  readonly cells: readonly string[];
  readonly notes: readonly string[];
}

const gap = "  ";

/**
 * Lays out rows in aligned columns. Where `room`, the width of a terminal, is too small for all of them, those that do not fit
 * stand in a further line of their row: a name is never cut or broken. `null`: nobody measures, every row is one line. Cells
 * become harmless, and have no two spaces in a row, so that none can pass for two.
 */
export function textTable(
  titles: readonly string[],
  rows: readonly TextRow[],
  room: number | null,
): string {
  const shown = rows.map(({ cells, notes }) => ({ cells: cells.map(cellText), notes }));
  const widths = titles.map((title, at) =>
    shown.reduce((widest, { cells }) => Math.max(widest, widthOf(cells[at] ?? "")), widthOf(title)),
  );
  const folds = foldColumns(widths, room ?? Infinity);
  const lines = (cells: readonly string[]): readonly string[] =>
    folds.map((columns, fold) => {
      const padded = columns.map((at) => pad(cells[at] ?? "", widths[at] ?? 0));
      return `${fold === 0 ? "" : gap}${padded.join(gap)}`.trimEnd();
    });
  return [
    ...lines(titles.map((title) => title.toUpperCase())),
    ...shown.flatMap(({ cells, notes }) => [
      ...lines(cells),
      ...notes.map((note) => `${gap}${terminalText(note)}`),
    ]),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

/** What is not there is a dash: an empty cell would read as if the next one were it. */
function cellText(text: string): string {
  return terminalText(text).trim() || "-";
}

/** In code points: wide and combining characters are counted as one column each. */
function widthOf(text: string): number {
  return Array.from(text).length;
}

function pad(text: string, width: number): string {
  return text + " ".repeat(width - widthOf(text));
}

/** Columns by their numbers, line by line: as many on each as fit, at least one. */
function foldColumns(widths: readonly number[], room: number): readonly (readonly number[])[] {
  const folds: number[][] = [];
  let used = Infinity;
  for (const [at, width] of widths.entries()) {
    const last = folds.at(-1);
    if (last === undefined || used + gap.length + width > room) {
      used = (last === undefined ? 0 : gap.length) + width;
      folds.push([at]);
    } else {
      used += gap.length + width;
      last.push(at);
    }
  }
  return folds;
}
