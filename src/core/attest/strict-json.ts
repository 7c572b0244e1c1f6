import { maxJsonDepth } from "./canonical-json.ts";
import type { Json } from "../model/json.ts";

/** Carries the value, or why the text has none and at which offset. */
export type StrictJson =
  | { readonly ok: true; readonly value: Json }
  | {
      readonly ok: false;
      readonly code: StrictJsonCode;
      readonly offset: number;
      readonly reason: string;
    };

export type StrictJsonCode = "duplicate-key" | "refused-key" | "not-json";

/**
 * Reads JSON that has exactly one meaning. Refuses what parsers disagree about: duplicate keys, numbers
 * that are not safe integers, lone surrogates, the key `__proto__`, deep nesting. Never throws. What it
 * lets in, `canonicalJson` can write.
 */
export function parseStrictJson(text: string): StrictJson {
  try {
    const cursor = { text, at: 0 };
    const value = readValue(cursor, 0);
    skipSpace(cursor);
    if (cursor.at === text.length) return { ok: true, value };
    return { ok: false, code: "not-json", offset: cursor.at, reason: "text after the value" };
  } catch (error) {
    if (error instanceof Refusal) {
      return { ok: false, code: error.code, offset: error.offset, reason: error.message };
    }
    throw error;
  }
}

interface Cursor {
  readonly text: string;
  at: number;
}

class Refusal extends Error {
  readonly code: StrictJsonCode;
  readonly offset: number;
  constructor(code: StrictJsonCode, offset: number, reason: string) {
    super(reason);
    this.code = code;
    this.offset = offset;
  }
}

function readValue(cursor: Cursor, depth: number): Json {
  if (depth > maxJsonDepth) throw new Refusal("not-json", cursor.at, "nested too deeply");
  skipSpace(cursor);
  const first = cursor.text[cursor.at];
  if (first === "{") return readObject(cursor, depth);
  if (first === "[") return readArray(cursor, depth);
  if (first === '"') return readText(cursor);
  return readScalar(cursor);
}

function readObject(cursor: Cursor, depth: number): Json {
  const members = new Map<string, Json>();
  cursor.at += 1;
  if (takes(cursor, "}")) return {};
  do {
    skipSpace(cursor);
    const offset = cursor.at;
    const key = readText(cursor);
    if (key === "__proto__")
      throw new Refusal("refused-key", offset, "the key __proto__ is refused");
    if (members.has(key)) {
      throw new Refusal("duplicate-key", offset, `the key ${JSON.stringify(key)} appears twice`);
    }
    if (!takes(cursor, ":")) throw new Refusal("not-json", cursor.at, "expected a colon");
    members.set(key, readValue(cursor, depth + 1));
  } while (takes(cursor, ","));
  if (takes(cursor, "}")) return Object.fromEntries(members);
  throw new Refusal("not-json", cursor.at, "expected a comma or a closing brace");
}

function readArray(cursor: Cursor, depth: number): Json {
  const items: Json[] = [];
  cursor.at += 1;
  if (takes(cursor, "]")) return items;
  do items.push(readValue(cursor, depth + 1));
  while (takes(cursor, ","));
  if (takes(cursor, "]")) return items;
  throw new Refusal("not-json", cursor.at, "expected a comma or a closing bracket");
}

function readText(cursor: Cursor): string {
  const end = closingQuote(cursor);
  if (end === -1) throw new Refusal("not-json", cursor.at, "expected a string");
  const text = parseText(cursor.text.slice(cursor.at, end + 1));
  if (text === null) throw new Refusal("not-json", cursor.at, "a text is malformed");
  if (!text.isWellFormed()) {
    throw new Refusal("not-json", cursor.at, "a text has a lone surrogate");
  }
  cursor.at = end + 1;
  return text;
}

function closingQuote({ text, at }: Cursor): number {
  if (text[at] !== '"') return -1;
  let end = text.indexOf('"', at + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === "\\") backslashes += 1;
  return backslashes % 2 === 1;
}

// JSON.parse is trusted with one string literal: it refuses control characters and unknown escapes.
function parseText(literal: string): string | null {
  try {
    return JSON.parse(literal) as string;
  } catch {
    return null;
  }
}

const scalarPattern = /true|false|null|-?(?:0|[1-9][0-9]*)(?![0-9.eE])/y;

function readScalar(cursor: Cursor): Json {
  const piece = matchAt(cursor, scalarPattern);
  if (piece === null) throw new Refusal("not-json", cursor.at, "expected a value");
  const value = JSON.parse(piece) as Json;
  if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
  throw new Refusal("not-json", cursor.at, "a number is not a safe integer");
}

function takes(cursor: Cursor, character: string): boolean {
  skipSpace(cursor);
  if (cursor.text[cursor.at] !== character) return false;
  cursor.at += 1;
  return true;
}

const spacePattern = /[ \t\n\r]*/y;

function skipSpace(cursor: Cursor): void {
  matchAt(cursor, spacePattern);
}

function matchAt(cursor: Cursor, pattern: RegExp): string | null {
  pattern.lastIndex = cursor.at;
  const piece = pattern.exec(cursor.text)?.[0] ?? null;
  if (piece !== null) cursor.at += piece.length;
  return piece;
}
