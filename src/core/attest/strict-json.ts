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
  const cursor: Cursor = { text, at: 0, refusal: unreadable };
  try {
    const value = readValue(cursor, 0);
    skipSpace(cursor);
    if (cursor.at === text.length) return { ok: true, value };
    return { ok: false, code: "not-json", offset: cursor.at, reason: "text after the value" };
  } catch {
    return cursor.refusal;
  }
}

interface Cursor {
  readonly text: string;
  at: number;
  /** The answer when reading stops early, whatever stopped it. */
  refusal: Refusal;
}

type Refusal = StrictJson & { readonly ok: false };

const unreadable: Refusal = { ok: false, code: "not-json", offset: 0, reason: "it is unreadable" };

function refuse(cursor: Cursor, reason: string, code: StrictJsonCode = "not-json"): never {
  cursor.refusal = { ok: false, code, offset: cursor.at, reason };
  throw new Error(reason);
}

function readValue(cursor: Cursor, depth: number): Json {
  if (depth > maxJsonDepth) refuse(cursor, "nested too deeply");
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
    const key = readText(cursor);
    if (key === "__proto__") refuse(cursor, "the key __proto__ is refused", "refused-key");
    if (members.has(key)) {
      refuse(cursor, `the key ${JSON.stringify(key)} appears twice`, "duplicate-key");
    }
    if (!takes(cursor, ":")) refuse(cursor, "expected a colon");
    members.set(key, readValue(cursor, depth + 1));
  } while (takes(cursor, ","));
  if (takes(cursor, "}")) return Object.fromEntries(members);
  refuse(cursor, "expected a comma or a closing brace");
}

function readArray(cursor: Cursor, depth: number): Json {
  const items: Json[] = [];
  cursor.at += 1;
  if (takes(cursor, "]")) return items;
  do items.push(readValue(cursor, depth + 1));
  while (takes(cursor, ","));
  if (takes(cursor, "]")) return items;
  refuse(cursor, "expected a comma or a closing bracket");
}

function readText(cursor: Cursor): string {
  const end = closingQuote(cursor);
  if (end === -1) refuse(cursor, "expected a string");
  const text = parseText(cursor.text.slice(cursor.at, end + 1));
  if (text === null) refuse(cursor, "a text is malformed");
  if (!text.isWellFormed()) refuse(cursor, "a text has a lone surrogate");
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
  if (piece === null) refuse(cursor, "expected a value");
  const value = JSON.parse(piece) as Json;
  if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
  refuse(cursor, "a number is not a safe integer");
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
