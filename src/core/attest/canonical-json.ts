import type { Json } from "../model/json.ts";

/** Deepest nesting of arrays and objects that is written or read; a snapshot needs about ten. */
export const maxJsonDepth = 64;

/**
 * A value that has no canonical form. Only ever a mistake of the program that built the value: whatever
 * `parseStrictJson` lets in has one.
 */
export class NotCanonical extends Error {
  override readonly name = "NotCanonical";
}

/**
 * Writes a value as the one text that stands for it (RFC 8785, narrowed): keys sorted by UTF-16 code
 * units, no whitespace, integers of at most 53 bits only. Throws NotCanonical for anything else (fractions,
 * NaN, `undefined`, lone surrogates, the key `__proto__`, nesting beyond `maxJsonDepth`), so that two
 * different values never share a digest.
 */
export function canonicalJson(value: Json): string {
  const ordered = inOrder(value, 0);
  return ordered === undefined ? write(value, 0) : JSON.stringify(ordered);
}

/**
 * Copies a value with its keys in order, so that the engine's writer can write it at once. `undefined` for whatever that writer
 * would write otherwise or not refuse: `write` looks at it piece by piece.
 */
function inOrder(value: unknown, depth: number): Json | undefined {
  if (depth > maxJsonDepth) return undefined;
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "string") return value.isWellFormed() ? value : undefined;
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : undefined;
  if (Array.isArray(value)) return listInOrder(value, depth);
  if (typeof value === "object") return objectInOrder(value as Record<string, unknown>, depth);
  return undefined;
}

function listInOrder(list: readonly unknown[], depth: number): Json | undefined {
  const copy: Json[] = [];
  for (const item of list) {
    const ordered = inOrder(item, depth + 1);
    if (ordered === undefined) return undefined;
    copy.push(ordered);
  }
  return copy;
}

function objectInOrder(value: Record<string, unknown>, depth: number): Json | undefined {
  if (Object.getPrototypeOf(value) !== Object.prototype) return undefined;
  const copy: Record<string, Json> = {};
  for (const key of Object.keys(value).sort()) {
    // Keys that are numbers come first for the engine, whatever their place.
    if (isDigit(key.charCodeAt(0)) || key === "__proto__" || !key.isWellFormed()) return undefined;
    const member = inOrder(value[key], depth + 1);
    if (member === undefined) return undefined;
    copy[key] = member;
  }
  return copy;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function write(value: unknown, depth: number): string {
  if (depth > maxJsonDepth) throw new NotCanonical("nested too deeply");
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return writeText(value);
  if (typeof value === "number") return writeInteger(value);
  if (Array.isArray(value)) {
    return `[${Array.from(value, (item) => write(item, depth + 1)).join(",")}]`;
  }
  if (typeof value === "object") return writeObject(value, depth);
  throw new NotCanonical(`${typeof value} is not a JSON value`);
}

function writeText(text: string): string {
  if (text.isWellFormed()) return JSON.stringify(text);
  throw new NotCanonical("a text has a lone surrogate");
}

function writeInteger(number: number): string {
  if (Number.isSafeInteger(number)) return JSON.stringify(number);
  throw new NotCanonical(`${String(number)} is not a safe integer`);
}

function writeObject(value: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new NotCanonical("only plain objects have a canonical form");
  }
  // The default order of `sort` is that of UTF-16 code units.
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => writeMember(key, member, depth)).join(",")}}`;
}

function writeMember(key: string, member: unknown, depth: number): string {
  if (key === "__proto__") throw new NotCanonical("the key __proto__ is refused");
  return `${writeText(key)}:${write(member, depth + 1)}`;
}
