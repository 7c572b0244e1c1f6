import { canonicalJson, maxJsonDepth } from "./canonical-json.ts";
import { parseStrictJson } from "./strict-json.ts";
import type { StrictJson } from "./strict-json.ts";
import type { Json } from "../model/json.ts";

/** Carries the value of a canonical text, or why it is none. */
export type CanonicalJson =
  StrictJson | { readonly ok: false; readonly code: "not-canonical"; readonly reason: string };

/**
 * Reads a text that must be exactly what `canonicalJson` writes for its value. Never throws. The engine's own parser and
 * writer do it for nearly every text that is canonical: written again it must be the same, which leaves no room for a second
 * key of one name, white space or another spelling; what that cannot show is looked at in the value. Everything else is read
 * by the strict parser, which says what is wrong with it and where.
 */
export function readCanonical(text: string): CanonicalJson {
  const value = readPlain(text);
  if (value !== undefined) return { ok: true, value };
  const parsed = parseStrictJson(text);
  if (!parsed.ok || canonicalJson(parsed.value) === text) return parsed;
  return { ok: false, code: "not-canonical", reason: "it is not in its canonical form" };
}

/** The value of a text that is canonical beyond doubt; `undefined` for any other. */
function readPlain(text: string): Json | undefined {
  // A lone surrogate can only be written as an escape: the text comes from bytes that are UTF-8.
  if (!text.isWellFormed() || text.includes("\\ud")) return undefined;
  try {
    const value = JSON.parse(text) as Json;
    return JSON.stringify(value) === text && isOrdered(value, 0) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Keys in the order of their code units, integers only, no deeper than allowed. */
function isOrdered(value: Json, depth: number): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value);
  if (typeof value !== "object" || value === null) return true;
  if (depth >= maxJsonDepth) return false;
  if (Array.isArray(value))
    return (value as readonly Json[]).every((item) => isOrdered(item, depth + 1));
  let previous = "";
  let isFirst = true;
  for (const [key, member] of Object.entries(value as Readonly<Record<string, Json>>)) {
    if (key === "__proto__" || (!isFirst && key <= previous)) return false;
    if (!isOrdered(member, depth + 1)) return false;
    previous = key;
    isFirst = false;
  }
  return true;
}
