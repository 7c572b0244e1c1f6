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
  return write(value, 0);
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
