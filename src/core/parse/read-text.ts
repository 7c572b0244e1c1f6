import type { Parsed, Problem } from "../model/problem.ts";
import { positionAt } from "./position.ts";

export interface TextLimits {
  /** Checked before anything else looks at the content. */
  readonly maxBytes: number;
  readonly tabs: "allowed" | "refused";
}

/**
 * Reads attacker-controlled bytes as text that looks like what it is: UTF-8 without byte order mark,
 * in normalisation form C, with LF line ends, and without characters that are invisible, change the
 * direction of writing or control a terminal. Unicode ranges are written out, because a decision must
 * come out the same under a later version of Unicode.
 */
export function readText(
  path: string,
  source: Uint8Array | string,
  limits: TextLimits,
): Parsed<string> {
  const bytes = byteLength(source, limits.maxBytes);
  if (!(bytes <= limits.maxBytes)) {
    return refused(path, "", 0, {
      code: "too-large",
      message: `The file is larger than ${limits.maxBytes} bytes.`,
      fix: `Shorten the file to at most ${limits.maxBytes} bytes.`,
    });
  }
  const text = decode(source);
  if (text === null) {
    return refused(path, "", 0, {
      code: "not-utf8",
      message: "The file is not valid UTF-8.",
      fix: "Save the file as UTF-8.",
    });
  }
  const found = forbiddenCharacter(text, limits.tabs);
  if (found !== null) return refused(path, text, found.offset, found);
  const denormal = denormalOffset(text);
  if (denormal === null) return { ok: true, value: text };
  return refused(path, text, denormal, {
    code: "not-nfc",
    message: "The text is not in Unicode normalisation form C, so it can look like another text.",
    fix: "Type the character again, or normalise the file to NFC.",
  });
}

/** Names the first character of `text` that a governed file may not contain; `null` when there is none. */
export function forbiddenCharacter(
  text: string,
  tabs: TextLimits["tabs"],
): (Omit<Problem, "path" | "line" | "column"> & { readonly offset: number }) | null {
  const found = (tabs === "allowed" ? forbiddenButTabs : forbidden).exec(text);
  if (found === null) return null;
  const codePoint = Number(found[0].codePointAt(0));
  const [, , what, fix] =
    ranges.find(([from, to]) => from <= codePoint && codePoint <= to) ?? loneSurrogate;
  const name = `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
  return {
    offset: found.index,
    code: "forbidden-character",
    message: `The character ${name} (${what}) is not allowed.`,
    fix,
  };
}

type Range = readonly [from: number, to: number, what: string, fix: string];

const invisible = "Remove the invisible character; typing the line again is the surest way.";
const ranges: readonly Range[] = [
  [0x00, 0x08, "control character", "Remove the control character."],
  [0x09, 0x09, "tab", "Use spaces instead of tabs."],
  [0x0b, 0x0c, "control character", "Remove the control character."],
  [0x0d, 0x0d, "carriage return", "Save the file with LF line ends."],
  [0x0e, 0x1f, "control character", "Remove the control character."],
  [0x7f, 0x9f, "control character", "Remove the control character."],
  [0xad, 0xad, "soft hyphen", invisible],
  [0x034f, 0x034f, "invisible joiner", invisible],
  [0x061c, 0x061c, "bidirectional control", invisible],
  [0x115f, 0x1160, "invisible filler", invisible],
  [0x17b4, 0x17b5, "invisible vowel", invisible],
  [0x180b, 0x180f, "invisible separator", invisible],
  [0x200b, 0x200d, "zero-width character", invisible],
  [0x200e, 0x200f, "bidirectional control", invisible],
  [0x2028, 0x2029, "line separator", "Use an ordinary line end."],
  [0x202a, 0x202e, "bidirectional control", invisible],
  [0x2060, 0x2065, "zero-width character", invisible],
  [0x2066, 0x2069, "bidirectional control", invisible],
  [0x206a, 0x206f, "invisible format character", invisible],
  [0x2800, 0x2800, "blank Braille pattern", invisible],
  [0x3164, 0x3164, "invisible filler", invisible],
  [0xe000, 0xf8ff, "private-use character", "Remove it: it looks different everywhere."],
  [0xfdd0, 0xfdef, "noncharacter", invisible],
  [0xfe00, 0xfe0f, "variation selector", invisible],
  [0xfeff, 0xfeff, "byte order mark", "Save the file as UTF-8 without byte order mark."],
  [0xffa0, 0xffa0, "invisible filler", invisible],
  [0xfff0, 0xfffb, "invisible format character", invisible],
  [0xfffd, 0xfffd, "replacement character", "Save the file as UTF-8, and write what was lost."],
  [0xfffe, 0xffff, "noncharacter", invisible],
  [0x1bca0, 0x1bca3, "invisible format character", invisible],
  [0x1d173, 0x1d17a, "invisible format character", invisible],
  [0xe0000, 0x10ffff, "invisible or private-use character", invisible],
];
const loneSurrogate: Range = [0xd800, 0xdfff, "half of a character", "Write the whole character."];
const forbidden = characterClass([...ranges, loneSurrogate]);
const forbiddenButTabs = characterClass([
  ...ranges.filter(([from]) => from !== 0x09),
  loneSurrogate,
]);

function characterClass(members: readonly Range[]): RegExp {
  const hex = (codePoint: number) => `\\u{${codePoint.toString(16)}}`;
  return new RegExp(`[${members.map(([from, to]) => `${hex(from)}-${hex(to)}`).join("")}]`, "u");
}

/** A string has at least as many bytes as code units, so a hostile one is not even encoded. */
function byteLength(source: Uint8Array | string, enough: number): number {
  if (typeof source !== "string") return source.byteLength;
  return source.length > enough ? source.length : new TextEncoder().encode(source).byteLength;
}

function decode(source: Uint8Array | string): string | null {
  if (typeof source === "string") return source;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(source);
  } catch {
    return null;
  }
}

/** Offset of the first line that normalisation would change; `null` when there is none. */
function denormalOffset(text: string): number | null {
  const lines = text.split("\n");
  const first = lines.findIndex((line) => !isNormal(line));
  if (first === -1) return null;
  return lines.slice(0, first).reduce((offset, line) => offset + line.length + 1, 0);
}

/**
 * Whether the parts are normal is asked first: normalising takes time with the square of the length where marks
 * stand out of order, and two marks out of order are so in some part, too. Parts overlap by two characters.
 */
function isNormal(line: string): boolean {
  for (let start = 0; start < line.length; start += 60) {
    const part = line.slice(start, start + 64);
    if (part.normalize("NFC") !== part) return false;
  }
  return line.normalize("NFC") === line;
}

function refused(
  path: string,
  text: string,
  offset: number,
  problem: Omit<Problem, "path" | "line" | "column">,
): { readonly ok: false; readonly problems: readonly Problem[] } {
  const { code, message, fix } = problem;
  return { ok: false, problems: [{ path, ...positionAt(text, offset), code, message, fix }] };
}
