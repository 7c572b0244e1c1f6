import type { Json } from "../model/json.ts";
import type { Parsed } from "../model/problem.ts";
import { maxRequestBytes, parseStrictYaml } from "./strict-yaml.ts";
import type { StrictDocument } from "./strict-yaml.ts";

/** How many texts are remembered: at 16 KiB each, a megabyte of them. */
const mostRemembered = 64;

const remembered = new Map<string, { readonly path: string; readonly document: Document }>();

type Document = Parsed<StrictDocument>;

/**
 * Reads a request file strictly, or remembers what the same text at the same path read as: a pull request is
 * decided on every event, and its file is read once for its content and once for the places of its faults. What
 * is remembered is frozen, so that nothing can see the difference but a clock.
 */
export function requestYaml(path: string, source: Uint8Array | string): Document {
  if (typeof source !== "string") return parseStrictYaml(path, source, maxRequestBytes);
  const known = remembered.get(source);
  if (known?.path === path) return known.document;
  const document = parseStrictYaml(path, source, maxRequestBytes);
  // A text that is too long is refused by its length alone and is not worth its memory.
  if (source.length > maxRequestBytes) return document;
  if (document.ok) freeze(document.value.value);
  remembered.set(source, { path, document });
  for (const oldest of remembered.keys()) {
    if (remembered.size <= mostRemembered) break;
    remembered.delete(oldest);
  }
  return document;
}

function freeze(value: Json): void {
  if (typeof value !== "object" || value === null) return;
  Object.freeze(value);
  for (const member of Object.values(value)) freeze(member);
}
