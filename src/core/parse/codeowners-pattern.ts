import type { PatternGlyph, PatternSegment } from "../model/governance.ts";

/** A pattern, or why it cannot be read. */
export type CompiledPattern =
  | { readonly ok: true; readonly segments: readonly PatternSegment[] }
  | { readonly ok: false; readonly fault: PatternFault };

/** Why a pattern cannot be read. */
export interface PatternFault {
  readonly code: "negated-pattern" | "character-range" | "escaped-comment" | "broken-pattern";
  readonly message: string;
  readonly fix: string;
}

/**
 * Compiles a pattern as GitHub documents it: the rules of gitignore, but no `!`, no `[ ]` and no `\#`.
 * What GitHub would skip or read in another way is refused here, because a line that silently matches
 * nothing moves power to somebody else.
 */
export function compilePattern(pattern: string): CompiledPattern {
  const fault = faultOf(pattern);
  if (fault !== null) return { ok: false, fault };
  const parts = pattern.replace(/^\//, "").replace(/\/$/, "").split("/");
  const anchored = pattern.startsWith("/") || parts.length > 1;
  const segments = parts.map(compileSegment);
  const start = anchored ? [] : [anyDepth];
  const end = pattern.endsWith("/") ? [anyDepth, anyName] : [];
  const last = parts.at(-1);
  // `**` at the end is what lies inside, so at least one name follows.
  if (last === "**") return { ok: true, segments: [...start, ...segments, anyName, ...end] };
  // `docs/*` is what lies directly in docs; any other last part also stands for a whole folder.
  const whole = last === "*" || end.length > 0 ? end : [anyDepth];
  return { ok: true, segments: [...start, ...segments, ...whole] };
}

/**
 * Tells whether a pattern matches a path from the root of the repository, with regard to case. Takes
 * time proportional to pattern times path whatever they contain; no regular expression is built.
 */
export function matchesPath(segments: readonly PatternSegment[], path: string): boolean {
  return matchesSequence(
    segments,
    path.split("/"),
    (segment) => segment.kind === "any-depth",
    (segment, name) =>
      segment.kind === "one" &&
      matchesSequence(
        segment.glyphs,
        Array.from(name),
        (glyph) => glyph.kind === "run",
        (glyph, character) =>
          glyph.kind === "any" || (glyph.kind === "character" && glyph.character === character),
      ),
  );
}

const anyDepth: PatternSegment = { kind: "any-depth" };
const anyName: PatternSegment = { kind: "one", glyphs: [{ kind: "run" }] };

function faultOf(pattern: string): PatternFault | null {
  if (pattern.startsWith("!")) {
    return {
      code: "negated-pattern",
      message: "A pattern cannot be negated with `!`.",
      fix: "Write a later line for the exception; a line without owners means nobody.",
    };
  }
  if (pattern.startsWith("\\#")) {
    return {
      code: "escaped-comment",
      message: "`\\#` does not escape a comment.",
      fix: "Use a pattern that does not begin with `#`, such as `/#…` or `**/#…`.",
    };
  }
  if (/[[\]]/.test(pattern)) {
    return {
      code: "character-range",
      message: "`[ ]` does not define a range of characters.",
      fix: "Write one line for each path.",
    };
  }
  if (!/^[!-~ \t]+$/.test(pattern)) {
    return broken(pattern, "has a character that no governed path has, so it would match nothing");
  }
  if (/^\/?$|\/\//.test(pattern)) return broken(pattern, "has an empty part");
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(pattern)) return broken(pattern, "ends in a lone backslash");
  return null;
}

function broken(pattern: string, why: string): PatternFault {
  return {
    code: "broken-pattern",
    message: `The pattern ${JSON.stringify(pattern)} ${why}.`,
    fix: "Write a path such as `/access-requests/payments-db/`, or `*` for everything.",
  };
}

function compileSegment(part: string): PatternSegment {
  if (part === "**") return anyDepth;
  const glyphs: PatternGlyph[] = [];
  let escaped = false;
  for (const character of part) {
    if (escaped || !/[\\*?]/.test(character)) glyphs.push({ kind: "character", character });
    else if (character === "?") glyphs.push({ kind: "any" });
    else if (character === "*" && glyphs.at(-1)?.kind !== "run") glyphs.push({ kind: "run" });
    escaped = !escaped && character === "\\";
  }
  return { kind: "one", glyphs };
}

/** Matches with one step back to the last wildcard only: earlier ones can never need more. */
function matchesSequence<Part, Item>(
  parts: readonly Part[],
  items: readonly Item[],
  isWild: (part: Part) => boolean,
  matches: (part: Part, item: Item) => boolean,
): boolean {
  let part = 0;
  let item = 0;
  let wild: { readonly part: number; item: number } | null = null;
  while (item < items.length) {
    const current = parts[part];
    if (current !== undefined && isWild(current)) {
      wild = { part, item };
      part += 1;
    } else if (current !== undefined && matches(current, items[item] as Item)) {
      part += 1;
      item += 1;
    } else if (wild !== null) {
      wild.item += 1;
      part = wild.part + 1;
      item = wild.item;
    } else {
      return false;
    }
  }
  return parts.slice(part).every(isWild);
}
