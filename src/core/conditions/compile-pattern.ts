import type { ASTNode } from "@marcbachmann/cel-js";
import { RE2JS } from "re2js";
import { conditionLimits as limits } from "./condition-limits.ts";
import { textLiteral } from "./text-literal.ts";

/** A pattern of `matches`, ready to search in texts. */
export interface Pattern {
  /** How many instructions it has: a search takes at most that many steps for each character of the text. */
  readonly instructions: number;
  readonly isFoundIn: (text: string) => boolean;
}

export type CompiledPattern =
  | { readonly ok: true; readonly pattern: Pattern }
  | { readonly ok: false; readonly message: string; readonly fix: string };

/**
 * Compiles the argument of `matches`, a literal in RE2 syntax, which has neither back references nor
 * lookaround and therefore needs no backtracking. What would be slow to compile is refused before it is tried.
 */
export function compilePattern(argument: ASTNode | undefined): CompiledPattern {
  const text = textLiteral(argument);
  if (text === null) {
    const message = "The pattern is not a text in quotes.";
    return { ok: false, message, fix: "Write it out, or use `contains` or `startsWith`." };
  }
  if (text.length > limits.patternCharacters) {
    const message = `The pattern is longer than ${limits.patternCharacters} characters.`;
    return { ok: false, message, fix: "Write a shorter one, or several joined with `||`." };
  }
  if (unfolded(text) > limits.patternUnfolded) {
    const message = "The repetitions of the pattern multiply to too much.";
    return { ok: false, message, fix: "Use smaller counts, or `*` and `+`." };
  }
  if (wideRange.test(text)) {
    const message = "The pattern has a range of characters, or a code point, beyond ASCII.";
    return { ok: false, message, fix: "Write the characters themselves: `[äöü]`." };
  }
  return compiled(text);
}

/** A case-insensitive range over most of Unicode takes 60 ms to compile; nobody needs one here. */
const wideRange = /-\\?[^\0-\x7f]|\\x\{/;

/** The length that the pattern has when every counted repetition is written out. Never too small. */
function unfolded(text: string): number {
  const counts = Array.from(text.matchAll(/\{(\d+)(?:,(\d*))?\}/g), ([, least, most]) =>
    Math.max(Number(least), Number(most ?? 0), 1),
  );
  return counts.reduce((product, count) => product * count, text.length);
}

function compiled(text: string): CompiledPattern {
  try {
    const program = RE2JS.compile(text, RE2JS.DISABLE_UNICODE_GROUPS);
    const instructions = program.programSize();
    if (instructions <= limits.patternInstructions) {
      // Not `test`: its automaton is built while it matches, which takes 130 ms for a hostile text, and is
      // kept. `find` walks the program itself, never longer than instructions times characters.
      return {
        ok: true,
        pattern: { instructions, isFoundIn: (input) => program.matcher(input).find() },
      };
    }
    return { ok: false, message: "The pattern is too large.", fix: "Write a simpler one." };
  } catch (error) {
    const { message } = error as Error;
    return { ok: false, message: `The pattern is no RE2 pattern: ${message}.`, fix: patternFix };
  }
}

const patternFix =
  "Write it in the syntax of RE2: no back references, no lookaround, no Unicode classes.";
