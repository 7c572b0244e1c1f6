import { terminalText } from "./terminal-text.ts";

const usualWidth = 80;

/**
 * Breaks harmless text into lines for a terminal of 80 columns, or of `room` where that is less, each under the end of the
 * label. A long word stays whole.
 */
export function terminalLines(label: string, text: string, room = usualWidth): readonly string[] {
  const width = Math.min(room, usualWidth);
  const lines: string[] = [];
  let line = label;
  for (const word of terminalText(text).split(" ")) {
    const empty = line.trimEnd() === (lines.length === 0 ? label.trimEnd() : "");
    if (!empty && line.length + word.length + 1 > width) {
      lines.push(line);
      line = " ".repeat(label.length) + word;
    } else line = empty ? `${line}${word}` : `${line} ${word}`;
  }
  return [...lines, line];
}
