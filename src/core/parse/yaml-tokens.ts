import { CST, Lexer, Parser } from "yaml";
import type { Problem } from "../model/problem.ts";

/** Something in the syntax of a document that is refused, with its offset. */
export interface SyntaxFault extends Pick<Problem, "code" | "message" | "fix"> {
  readonly offset: number;
}

/** No document of ours is nested deeper than ten; the bound keeps recursion in the library harmless. */
const maxDepth = 32;

/**
 * Reads YAML source into tokens, refusing what a governed file never needs: anchors, aliases, tags,
 * directives, document markers, explicit keys, deep nesting, and more than `maxLexemes` keys, values, signs
 * and spaces, each of which takes far longer to read than a character does. Whatever two YAML readers could
 * understand differently is out before anything is built from it.
 */
export function yamlTokens(
  text: string,
  maxLexemes: number,
):
  | { readonly ok: true; readonly tokens: readonly CST.Token[] }
  | { readonly ok: false; readonly faults: readonly SyntaxFault[] } {
  const { lexemes, faults } = readLexemes(text, maxLexemes);
  if (faults.length > 0) return { ok: false, faults };
  const tokens = tokensOf(lexemes);
  const deep = tooDeep(tokens);
  if (deep === null) return { ok: true, tokens };
  return { ok: false, faults: [deepFault(deep)] };
}

type Refusal = Pick<SyntaxFault, "code" | "message" | "fix">;

const refusals: ReadonlyMap<string | null, Refusal> = new Map([
  [
    "anchor",
    refusal(
      "anchor",
      "Anchors (`&name`) are not allowed.",
      "Remove the anchor; quote a value that begins with `&`.",
    ),
  ],
  [
    "alias",
    refusal(
      "alias",
      "Aliases (`*name`) are not allowed.",
      "Write the value out; quote a value that begins with `*`.",
    ),
  ],
  [
    "tag",
    refusal(
      "tag",
      "Tags (`!name`) are not allowed.",
      "Remove the tag; quote a value that begins with `!`.",
    ),
  ],
  [
    "directive-line",
    refusal("directive", "Directives (`%…`) are not allowed.", "Remove the line."),
  ],
  [
    "doc-start",
    refusal(
      "document-marker",
      "`---` is not allowed: a file is one document.",
      "Remove the `---`; write a second document into a file of its own.",
    ),
  ],
  [
    "doc-end",
    refusal(
      "document-marker",
      "`...` is not allowed: a file is one document.",
      "Remove the `...`.",
    ),
  ],
  [
    "explicit-key-ind",
    refusal("explicit-key", "Explicit keys (`? key`) are not allowed.", "Write `key: value`."),
  ],
]);

function refusal(code: string, message: string, fix: string): Refusal {
  return { code, message, fix };
}

interface Lexemes {
  readonly lexemes: readonly string[];
  readonly faults: readonly SyntaxFault[];
}

/** Looks at the lexemes alone, so that nothing has been built yet when a hostile file is refused. */
function readLexemes(text: string, maxLexemes: number): Lexemes {
  const lexemes: string[] = [];
  const faults: SyntaxFault[] = [];
  let offset = 0;
  let depth = 0;
  let content = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexemes.push(lexeme) > maxLexemes) {
      return { lexemes, faults: [...faults, crowdedFault(offset)] };
    }
    if (isMark(lexeme)) {
      content = lexeme === CST.SCALAR;
      continue;
    }
    const type = content ? "scalar" : CST.tokenType(lexeme);
    content = false;
    const found = refusals.get(type);
    if (found !== undefined) faults.push({ ...found, offset });
    if (type === "flow-map-start" || type === "flow-seq-start") depth += 1;
    if (type === "flow-map-end" || type === "flow-seq-end") depth -= 1;
    if (depth > maxDepth) return { lexemes, faults: [...faults, deepFault(offset)] };
    if (faults.length >= 20) break;
    offset += lexeme.length;
  }
  return { lexemes, faults };
}

function tokensOf(lexemes: readonly string[]): readonly CST.Token[] {
  const parser = new Parser();
  return [...lexemes.flatMap((lexeme) => [...parser.next(lexeme)]), ...parser.end()];
}

/** Marks are lexemes that stand for nothing in the source. */
function isMark(lexeme: string): boolean {
  return lexeme === CST.SCALAR || lexeme === CST.DOCUMENT || lexeme === CST.FLOW_END;
}

/** Offset of the first token below the permitted depth; walks with a stack of its own. */
function tooDeep(tokens: readonly CST.Token[]): number | null {
  const open = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > maxDepth) return token.offset;
    for (const inner of childrenOf(token)) open.push({ token: inner, depth: depth + 1 });
  }
  return null;
}

function childrenOf(token: CST.Token): readonly CST.Token[] {
  if (token.type === "document") return present([token.value]);
  if (!("items" in token)) return [];
  const items: readonly CST.CollectionItem[] = token.items;
  return present(items.flatMap(({ key, value }) => [key, value]));
}

function present(tokens: readonly (CST.Token | null | undefined)[]): readonly CST.Token[] {
  return tokens.filter((token) => token !== null && token !== undefined);
}

function deepFault(offset: number): SyntaxFault {
  return {
    offset,
    ...refusal(
      "too-deep",
      `The document is nested deeper than ${maxDepth}.`,
      "Remove the nesting.",
    ),
  };
}

function crowdedFault(offset: number): SyntaxFault {
  const message = "The document consists of more parts than any file needs.";
  return { offset, ...refusal("too-many-parts", message, "Remove what repeats itself.") };
}
