import { expect, it, test } from "vitest";
import { terminalLines } from "../../../../src/core/render/terminal-lines.ts";
import { terminalText } from "../../../../src/core/render/terminal-text.ts";

test.each([
  ["an escape sequence", "a\u001b[2Jb", "a [2Jb"],
  ["a C1 control", "a\u009b31mb", "a 31mb"],
  ["a carriage return", "denied\rapproved", "denied approved"],
  ["a backspace", "a\b\bb", "a b"],
  ["line ends of every kind", "a\nb\u2028c\u2029d\u0085e", "a b c d e"],
  ["a turned direction", "a\u202eb\u2066c", "a b c"],
  ["what cannot be seen", "a\u200bb\ufeffc", "a b c"],
  ["half a character", "a\ud800b", "a b"],
  ["letters, signs and emoji", "Größe: 漢字 ✅ <b>", "Größe: 漢字 ✅ <b>"],
])("%s", (_, text, shown) => {
  expect(terminalText(text)).toBe(shown);
});

it("breaks lines under the end of the label, and leaves a long word whole", () => {
  const lines = terminalLines("label ", `${"word ".repeat(30)}${"x".repeat(100)}`);
  expect(lines.length).toBe(3);
  expect(lines[0]).toMatch(/^label word/u);
  expect(lines.slice(1).every((line) => line.startsWith("      "))).toBe(true);
  expect(lines.slice(0, -1).every(({ length }) => length <= 80)).toBe(true);
  expect(lines.at(-1)?.trim()).toBe("x".repeat(100));
});

it("lets no text begin a line of its own", () => {
  const lines = terminalLines("  ", "harmless\nAPPROVED: request #7");
  expect(lines).toEqual(["  harmless APPROVED: request #7"]);
});
